import { connectionListQuerySchema } from '@leitstand/plugin-kit-common';
import { authorize } from '@leitstand/plugin-kit-node';
import { modelReadPermission } from '@leitstand/plugin-ml-models-common';
import type express from 'express';
import type { RouteContext } from './RouteContext';

/** `GET /v1/connections` */
export function addConnectionRoute(router: express.Router, { route, permissions, connections }: RouteContext): void {
  router.get(
    '/v1/connections',
    route({ query: connectionListQuerySchema }, async ({ query, credentials }) => {
      await authorize(permissions, modelReadPermission, credentials);
      return connections.list({ refresh: query.refresh === 'true' });
    }),
  );
}
