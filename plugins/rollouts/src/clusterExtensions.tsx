import type { Entity } from '@backstage/catalog-model';
import { EntityCardBlueprint, EntityContentBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { ANNOTATION_CLUSTER } from '@leitstand/plugin-rollouts-common';
import { CLUSTER_PATH } from './routes';

const hasCluster = (entity: Entity) => entity.metadata.annotations?.[ANNOTATION_CLUSTER] !== undefined;

const clusterContent = EntityContentBlueprint.make({
  name: 'cluster',
  params: {
    path: CLUSTER_PATH,
    title: 'Cluster',
    filter: hasCluster,
    loader: () => import('./components/ClusterPage').then(m => <m.ClusterPage />),
  },
});

const clusterCard = EntityCardBlueprint.make({
  name: 'cluster',
  params: {
    type: 'content',
    filter: hasCluster,
    loader: () => import('./components/ClusterCard').then(m => <m.ClusterCard />),
  },
});

/** A cluster as a tab and a card of its entity. */
export const clusterExtensions = [clusterContent, clusterCard];
