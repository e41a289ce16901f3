import { authorize } from '@leitstand/plugin-kit-node';
import {
  idParamsSchema,
  operationsReadPermission,
  runListQuerySchema,
  runRequestSchema,
} from '@leitstand/plugin-operations-common';
import type { Router } from 'express';
import { audited } from '../audit';
import type { RouteDependencies } from '../router';

/** `POST /v1/runs`, `GET /v1/runs`, `GET /v1/runs/:id` and `POST /v1/runs/:id/cancel`. */
export function addRunRoutes(router: Router, dependencies: RouteDependencies): void {
  const { route, permissions, runService, runs, auditor } = dependencies;
  router.post(
    '/v1/runs',
    route({ body: runRequestSchema, status: 202 }, async ({ body, credentials, request }) => {
      return audited(auditor, {
        eventId: 'run-start',
        severityLevel: 'medium',
        request,
        meta: { planId: body.planId, requester: credentials.principal.userEntityRef },
        act: () => runService.create({ ...body, reason: body.reason, credentials }),
        metaOf: run => ({ runId: run.id, operation: run.operation, entityRef: run.entityRef }),
      });
    }),
  );
  router.get(
    '/v1/runs',
    route({ query: runListQuerySchema }, async ({ query, credentials }) => {
      await authorize(permissions, operationsReadPermission, credentials);
      return runs.list(query);
    }),
  );
  router.get(
    '/v1/runs/:id',
    route({ params: idParamsSchema }, async ({ params, credentials }) => {
      await authorize(permissions, operationsReadPermission, credentials);
      return runService.get(params.id);
    }),
  );
  router.post(
    '/v1/runs/:id/cancel',
    route({ params: idParamsSchema }, async ({ params, credentials, request }) => {
      return audited(auditor, {
        eventId: 'run-cancel',
        severityLevel: 'medium',
        request,
        meta: { runId: params.id, requester: credentials.principal.userEntityRef },
        act: () => runService.cancel(params.id, credentials),
      });
    }),
  );
}
