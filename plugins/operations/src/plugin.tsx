import { ApiBlueprint, createFrontendPlugin, PageBlueprint } from '@backstage/frontend-plugin-api';
import { EntityContentBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { HomeCardBlueprint } from '@leitstand/plugin-kit-react';
import { activityRouteRef, operationsApiFactory, runRouteRef } from '@leitstand/plugin-operations-react';
import HistoryIcon from '@mui/icons-material/History';

const operationsApi = ApiBlueprint.make({ params: defineParams => defineParams(operationsApiFactory) });

const activityPage = PageBlueprint.make({
  params: {
    path: '/activity',
    routeRef: activityRouteRef,
    title: 'Activity',
    icon: <HistoryIcon fontSize="inherit" />,
    loader: () => import('./components/ActivityPage').then(m => <m.ActivityPage />),
  },
});

const runPage = PageBlueprint.make({
  name: 'run',
  params: {
    path: '/activity/:id',
    routeRef: runRouteRef,
    loader: () => import('./components/RunPage').then(m => <m.RunPage />),
  },
});

const activityContent = EntityContentBlueprint.make({
  name: 'activity',
  params: {
    path: 'activity',
    title: 'Activity',
    loader: () => import('./components/EntityActivity').then(m => <m.EntityActivity />),
  },
});

const latelyCard = HomeCardBlueprint.make({
  name: 'lately',
  params: {
    order: 20,
    loader: () => import('./components/LatelyCard').then(m => <m.LatelyCard />),
  },
});

/** The ledger as a page, as a tab of each entity, and as a card of the home page. */
export const operationsPlugin = createFrontendPlugin({
  pluginId: 'operations',
  title: 'Activity',
  icon: <HistoryIcon fontSize="inherit" />,
  routes: { root: activityRouteRef, run: runRouteRef },
  extensions: [operationsApi, activityPage, runPage, activityContent, latelyCard],
});
