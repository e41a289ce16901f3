import { authorize } from '@leitstand/plugin-kit-node';
import { workloadReadPermission } from '@leitstand/plugin-rollouts-common';
import type express from 'express';
import type { RouteContext } from './RouteContext';

/** `GET /v1/providers`: the same from every replica, because what it answers is kept in the database. */
export function addProviderRoutes(
  router: express.Router,
  { route, permissions, providerStatuses }: Pick<RouteContext, 'route' | 'permissions' | 'providerStatuses'>,
): void {
  router.get(
    '/v1/providers',
    route({}, async ({ credentials }) => {
      await authorize(permissions, workloadReadPermission, credentials);
      return providerStatuses.list();
    }),
  );
}
