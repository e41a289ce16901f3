import type { Entity } from '@backstage/catalog-model';
import { ApiBlueprint, createFrontendPlugin } from '@backstage/frontend-plugin-api';
import { EntityCardBlueprint, EntityContentBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { EntityHealthBlueprint, HomeCardBlueprint } from '@leitstand/plugin-kit-react';
import { workloadRefOf } from '@leitstand/plugin-rollouts-common';
import { rolloutsApiFactory } from './api';
import { clusterExtensions } from './clusterExtensions';
import { connectionExtensions } from './connectionExtensions';
import { fleetExtensions } from './fleetExtensions';
import { fleetRouteRef, WORKLOAD_PATH } from './routes';
import { formFieldExtensions } from './template/formFieldExtensions';
import { workloadHealthApiFactory, workloadHealthApiRef } from './workloadHealthApi';

const hasWorkload = (entity: Entity) => workloadRefOf(entity) !== undefined;

const rolloutsApi = ApiBlueprint.make({ params: defineParams => defineParams(rolloutsApiFactory) });

const workloadContent = EntityContentBlueprint.make({
  name: 'workload',
  params: {
    path: WORKLOAD_PATH,
    title: 'Workload',
    filter: hasWorkload,
    loader: () => import('./components/WorkloadTab').then(m => <m.WorkloadTab />),
  },
});

const healthCard = EntityCardBlueprint.make({
  name: 'health',
  params: {
    type: 'content',
    filter: hasWorkload,
    loader: () => import('./components/HealthCard').then(m => <m.HealthCard />),
  },
});

const brokenCard = HomeCardBlueprint.make({
  name: 'broken',
  params: {
    order: 10,
    loader: () => import('./components/BrokenCard').then(m => <m.BrokenCard />),
  },
});

const workloadHealthApi = ApiBlueprint.make({
  name: 'entity-health',
  params: defineParams => defineParams(workloadHealthApiFactory),
});

const ownedHealth = EntityHealthBlueprint.make({ params: { api: workloadHealthApiRef } });

/** Workloads and clusters as tabs and cards, the fleet, what is broken, and how the clusters are connected. */
export const rolloutsPlugin = createFrontendPlugin({
  pluginId: 'rollouts',
  title: 'Workloads',
  routes: { root: fleetRouteRef },
  extensions: [
    rolloutsApi,
    workloadContent,
    healthCard,
    brokenCard,
    workloadHealthApi,
    ownedHealth,
    ...fleetExtensions,
    ...clusterExtensions,
    ...connectionExtensions,
    ...formFieldExtensions,
  ],
});
