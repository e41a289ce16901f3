import type { HttpAuthService, PermissionsService } from '@backstage/backend-plugin-api';
import { portalHealthReadPermission } from '@leitstand/plugin-connections-common';
import { authorize, createRouteFactory } from '@leitstand/plugin-kit-node';
import type { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import type { PortalHealthService } from './services/PortalHealthService';

/** What the route stands on. */
export interface RouterOptions {
  httpAuth: HttpAuthService;
  permissions: PermissionsService;
  health: PortalHealthService;
}

/** `GET /v1/health`; `PortalHealthClient` speaks it. */
export function createRouter({ httpAuth, permissions, health }: RouterOptions): Router {
  const router = PromiseRouter();
  const route = createRouteFactory({ httpAuth });
  router.get(
    '/v1/health',
    route({}, async ({ credentials }) => {
      await authorize(permissions, portalHealthReadPermission, credentials);
      return health.read();
    }),
  );
  return router;
}
