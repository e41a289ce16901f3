import { ApiBlueprint, createFrontendPlugin, PageBlueprint } from '@backstage/frontend-plugin-api';
import { EntityCardBlueprint, EntityContentBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { HomeCardBlueprint } from '@leitstand/plugin-kit-react';
import {
  activityRouteRef,
  freezesRouteRef,
  operationsApiFactory,
  runRouteRef,
} from '@leitstand/plugin-operations-react';
import HistoryIcon from '@mui/icons-material/History';
import { ActivityIcon } from './components/ActivityIcon';
import { hasActivity } from './model/hasActivity';
import { taskRouteRef } from './routes';
import { taskExtensions } from './taskExtensions';

const operationsApi = ApiBlueprint.make({ params: defineParams => defineParams(operationsApiFactory) });

const activityPage = PageBlueprint.make({
  params: {
    path: '/activity',
    routeRef: activityRouteRef,
    title: 'Activity',
    icon: <ActivityIcon />,
    loader: () => import('./components/ActivityPages').then(m => <m.ActivityPages />),
  },
});

const runPage = PageBlueprint.make({
  name: 'run',
  params: {
    path: '/activity/runs/:id',
    routeRef: runRouteRef,
    loader: () => import('./components/RunPage').then(m => <m.RunPage />),
  },
});

const activityContent = EntityContentBlueprint.make({
  name: 'activity',
  params: {
    path: 'activity',
    title: 'Activity',
    filter: hasActivity,
    loader: () => import('./components/EntityActivity').then(m => <m.EntityActivity />),
  },
});

const freezesCard = EntityCardBlueprint.make({
  name: 'freezes',
  params: {
    type: 'content',
    loader: () => import('./components/FreezesCard').then(m => <m.FreezesCard />),
  },
});

const waitingCard = HomeCardBlueprint.make({
  name: 'waiting',
  params: {
    order: 5,
    loader: () => import('./components/Waiting').then(m => <m.WaitingCard />),
  },
});

const latelyCard = HomeCardBlueprint.make({
  name: 'lately',
  params: {
    order: 20,
    loader: () => import('./components/LatelyCard').then(m => <m.LatelyCard />),
  },
});

/** The ledger, its runs and the freezes as pages, and what of them belongs on other pages. */
export const operationsPlugin = createFrontendPlugin({
  pluginId: 'operations',
  title: 'Activity',
  icon: <HistoryIcon fontSize="inherit" />,
  routes: { root: activityRouteRef, run: runRouteRef, freezes: freezesRouteRef },
  externalRoutes: { task: taskRouteRef },
  extensions: [
    ...[operationsApi, activityPage, runPage, activityContent, freezesCard, waitingCard, latelyCard],
    ...taskExtensions,
  ],
});
