import { authorize } from '@leitstand/plugin-kit-node';
import { availableOperationsQuerySchema, operationsReadPermission } from '@leitstand/plugin-operations-common';
import type { Router } from 'express';
import type { RouteDependencies } from './RouteDependencies';

/** `GET /v1/operations?entityRef=`: what an entity's buttons need to know. */
export function addOperationRoutes(router: Router, dependencies: RouteDependencies): void {
  const { callerRoute, callers, permissions, availability } = dependencies;
  router.get(
    '/v1/operations',
    callerRoute({ query: availableOperationsQuerySchema }, async ({ query, credentials, signal, request }) => {
      await authorize(permissions, operationsReadPermission, credentials);
      return { items: await availability.list({ ...query, caller: callers.of(credentials, request), signal }) };
    }),
  );
}
