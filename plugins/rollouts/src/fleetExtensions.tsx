import { PageBlueprint, SubPageBlueprint } from '@backstage/frontend-plugin-api';
import LayersOutlinedIcon from '@mui/icons-material/LayersOutlined';
import { FLEET_WORKLOADS_PATH, fleetRouteRef } from './routes';

const fleetPage = PageBlueprint.make({
  params: {
    path: '/fleet',
    routeRef: fleetRouteRef,
    title: 'Fleet',
    icon: <LayersOutlinedIcon fontSize="inherit" />,
  },
});

const workloadsPage = SubPageBlueprint.make({
  name: 'workloads',
  params: {
    path: FLEET_WORKLOADS_PATH,
    title: 'Workloads',
    loader: () => import('./components/FleetPage').then(m => <m.FleetPage />),
  },
});

const imagesPage = SubPageBlueprint.make({
  name: 'images',
  params: {
    path: 'images',
    title: 'What runs where',
    loader: () => import('./components/ImagesPage').then(m => <m.ImagesPage />),
  },
});

/** All workloads of all clusters, and the images that they run. */
export const fleetExtensions = [fleetPage, workloadsPage, imagesPage];
