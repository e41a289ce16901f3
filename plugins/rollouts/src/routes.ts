import { parseEntityRef } from '@backstage/catalog-model';
import { useRouteRef } from '@backstage/core-plugin-api';
import { entityRouteParams, entityRouteRef } from '@backstage/plugin-catalog-react';

/** Path of the tab below an entity's page. */
export const WORKLOAD_PATH = 'workload';

/** Makes links to the workload tab of any entity, from anywhere; a route ref of the tab resolves below its own entity only. */
export function useWorkloadLink(): (entityRef: string) => string {
  const entityLink = useRouteRef(entityRouteRef);
  return entityRef => `${entityLink(entityRouteParams(parseEntityRef(entityRef)))}/${WORKLOAD_PATH}`;
}
