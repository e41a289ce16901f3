import { authorize } from '@leitstand/plugin-kit-node';
import { clusterParamsSchema, workloadReadPermission } from '@leitstand/plugin-rollouts-common';
import type express from 'express';
import type { RouteContext } from './RouteContext';

/** `GET /v1/clusters` and `GET /v1/clusters/:cluster`. */
export function addClusterRoutes(router: express.Router, { route, permissions, clusters }: RouteContext): void {
  router.get(
    '/v1/clusters',
    route({}, async ({ credentials, signal }) => {
      await authorize(permissions, workloadReadPermission, credentials);
      return clusters.list({ signal });
    }),
  );

  router.get(
    '/v1/clusters/:cluster',
    route({ params: clusterParamsSchema }, async ({ params, credentials, signal }) => {
      await authorize(permissions, workloadReadPermission, credentials);
      return clusters.get(params.cluster, { signal });
    }),
  );
}
