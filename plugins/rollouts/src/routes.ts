import { parseEntityRef } from '@backstage/catalog-model';
import { createRouteRef, useRouteRef } from '@backstage/core-plugin-api';
import { entityRouteParams, entityRouteRef } from '@backstage/plugin-catalog-react';
import { formatFleetFilter, type FleetFilter } from './model/fleetFilter';

/** Path of the tab below an entity's page. */
export const WORKLOAD_PATH = 'workload';

/** Path of a cluster's tab below its entity's page. */
export const CLUSTER_PATH = 'cluster';

/** Makes links to the workload tab of any entity, from anywhere; a route ref of the tab resolves below its own entity only. */
export function useWorkloadLink(): (entityRef: string) => string {
  return useEntityTabLink(WORKLOAD_PATH);
}

/** Makes links to the tab of any cluster's entity. */
export function useClusterLink(): (entityRef: string) => string {
  return useEntityTabLink(CLUSTER_PATH);
}

function useEntityTabLink(tabPath: string): (entityRef: string) => string {
  const entityLink = useRouteRef(entityRouteRef);
  return entityRef => `${entityLink(entityRouteParams(parseEntityRef(entityRef)))}/${tabPath}`;
}

/** Path of the tab that the plugin `operations` adds to entities. */
const ACTIVITY_PATH = 'activity';

/** Makes links to what was done to an entity through the portal. */
export function useActivityLink(): (entityRef: string) => string {
  return useEntityTabLink(ACTIVITY_PATH);
}

/** The fleet: all workloads of all clusters. */
export const fleetRouteRef = createRouteRef({ id: 'rollouts:fleet' });

/** Path of the list of workloads below the fleet's page. */
export const FLEET_WORKLOADS_PATH = 'workloads';

/** Makes links to the list of workloads that fit a filter. */
export function useFleetLink(): (filter: FleetFilter) => string {
  const fleet = useRouteRef(fleetRouteRef);
  return filter => `${fleet()}/${FLEET_WORKLOADS_PATH}?${formatFleetFilter(filter)}`;
}
