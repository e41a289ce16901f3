import type { HttpAuthService, PermissionsService } from '@backstage/backend-plugin-api';
import { authorize, createRouteFactory } from '@leitstand/plugin-kit-node';
import {
  workloadListQuerySchema,
  workloadParamsSchema,
  workloadReadPermission,
} from '@leitstand/plugin-rollouts-common';
import type express from 'express';
import Router from 'express-promise-router';
import type { WorkloadService } from './services/WorkloadService';

/** What the area's routes stand on. */
export interface RouterOptions {
  httpAuth: HttpAuthService;
  permissions: PermissionsService;
  workloads: WorkloadService;
}

/** `GET /v1/workloads` and `GET /v1/clusters/:cluster/namespaces/:namespace/deployments/:name`. */
export function createRouter(options: RouterOptions): express.Router {
  const { permissions, workloads } = options;
  const router = Router();
  const route = createRouteFactory({ httpAuth: options.httpAuth });

  router.get(
    '/v1/workloads',
    route({ query: workloadListQuerySchema }, async ({ query, credentials, signal }) => {
      await authorize(permissions, workloadReadPermission, credentials);
      return workloads.list(query, { signal });
    }),
  );

  router.get(
    '/v1/clusters/:cluster/namespaces/:namespace/deployments/:name',
    route({ params: workloadParamsSchema }, async ({ params, credentials, signal }) => {
      await authorize(permissions, workloadReadPermission, credentials);
      return workloads.get({ ...params, kind: 'Deployment' }, { signal });
    }),
  );

  return router;
}
