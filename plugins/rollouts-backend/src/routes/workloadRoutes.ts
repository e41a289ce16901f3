import { authorize } from '@leitstand/plugin-kit-node';
import {
  workloadListQuerySchema,
  workloadParamsSchema,
  workloadReadPermission,
} from '@leitstand/plugin-rollouts-common';
import type express from 'express';
import type { RouteContext } from './RouteContext';

/** `GET /v1/workloads`, `GET /v1/images` and `GET /v1/clusters/:cluster/namespaces/:namespace/workloads/:kind/:name`. */
export function addWorkloadRoutes(router: express.Router, { route, permissions, workloads }: RouteContext): void {
  router.get(
    '/v1/workloads',
    route({ query: workloadListQuerySchema }, async ({ query, credentials, signal }) => {
      await authorize(permissions, workloadReadPermission, credentials);
      return workloads.list(query, { signal });
    }),
  );

  router.get(
    '/v1/images',
    route({}, async ({ credentials, signal }) => {
      await authorize(permissions, workloadReadPermission, credentials);
      return workloads.images({ signal });
    }),
  );

  router.get(
    '/v1/clusters/:cluster/namespaces/:namespace/workloads/:kind/:name',
    route({ params: workloadParamsSchema }, async ({ params, credentials, signal }) => {
      await authorize(permissions, workloadReadPermission, credentials);
      return workloads.get(params, { signal });
    }),
  );
}
