import { PageBlueprint, SubPageBlueprint } from '@backstage/frontend-plugin-api';
import PsychologyOutlinedIcon from '@mui/icons-material/PsychologyOutlined';
import { modelsPaths, modelsRouteRef } from './routes';

const modelsPage = PageBlueprint.make({
  params: {
    path: '/models',
    routeRef: modelsRouteRef,
    title: 'Models',
    icon: <PsychologyOutlinedIcon fontSize="inherit" />,
  },
});

const listPage = SubPageBlueprint.make({
  name: 'list',
  params: {
    path: modelsPaths.list,
    title: 'Models',
    loader: () => import('./components/ModelsPage').then(m => <m.ModelsPage />),
  },
});

const comparePage = SubPageBlueprint.make({
  name: 'compare',
  params: {
    path: modelsPaths.compare,
    title: 'Compare',
    loader: () => import('./components/ComparePage').then(m => <m.ComparePage />),
  },
});

const jobsPage = SubPageBlueprint.make({
  name: 'jobs',
  params: {
    path: modelsPaths.jobs,
    title: 'Jobs and cost',
    loader: () => import('./components/JobsPage').then(m => <m.JobsPage />),
  },
});

/** All models, some beside each other, and what their jobs cost. */
export const pageExtensions = [modelsPage, listPage, comparePage, jobsPage];
