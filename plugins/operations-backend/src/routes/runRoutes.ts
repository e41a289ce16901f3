import { authorize } from '@leitstand/plugin-kit-node';
import {
  idParamsSchema,
  operationsReadPermission,
  runExportQuerySchema,
  runListQuerySchema,
  runRequestSchema,
} from '@leitstand/plugin-operations-common';
import type { Router } from 'express';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { audited } from '../audit';
import { exportFormats } from '../ledger/exportRuns';
import type { RouteDependencies } from './RouteDependencies';

/** `POST /v1/runs`, `GET /v1/runs`, `GET /v1/runs/export`, `GET /v1/runs/:id` and `POST /v1/runs/:id/cancel`. */
export function addRunRoutes(router: Router, dependencies: RouteDependencies): void {
  const { callerRoute, followerRoute, callers, permissions, runService, listing, auditor } = dependencies;
  router.post(
    '/v1/runs',
    callerRoute({ body: runRequestSchema, status: 202 }, async ({ body, credentials, request }) => {
      const caller = callers.of(credentials, request);
      return audited(auditor, {
        eventId: 'run-start',
        severityLevel: body.breakGlass ? 'high' : 'medium',
        request,
        meta: {
          planId: body.planId,
          requester: caller.requester,
          ...(body.breakGlass && { isBreakGlass: true }),
        },
        act: () => runService.create({ ...body, reason: body.reason, caller }),
        metaOf: run => ({ runId: run.id, operation: run.operation, entityRef: run.entityRef }),
      });
    }),
  );
  router.get(
    '/v1/runs',
    callerRoute({ query: runListQuerySchema }, async ({ query, credentials }) => {
      await authorize(permissions, operationsReadPermission, credentials);
      return listing.list(query);
    }),
  );
  addExportRoute(router, dependencies);
  router.get(
    '/v1/runs/:id',
    followerRoute({ params: idParamsSchema }, async ({ params, credentials }) => {
      await authorize(permissions, operationsReadPermission, credentials);
      return runService.get(params.id);
    }),
  );
  router.post(
    '/v1/runs/:id/cancel',
    callerRoute({ params: idParamsSchema }, async ({ params, credentials, request }) => {
      const caller = callers.of(credentials, request);
      return audited(auditor, {
        eventId: 'run-cancel',
        severityLevel: 'medium',
        request,
        meta: { runId: params.id, cancelledBy: caller.requester },
        act: () => runService.cancel(params.id, caller),
        metaOf: run => ({ requester: run.requester, operation: run.operation, entityRef: run.entityRef }),
      });
    }),
  );
}

/** The pages are read from the database as fast as the reader takes them. */
function addExportRoute(router: Router, dependencies: RouteDependencies): void {
  const { route, permissions, listing, auditor } = dependencies;
  router.get(
    '/v1/runs/export',
    route({ query: runExportQuerySchema }, async ({ query, credentials, signal, request, response }) => {
      const { format, ...filter } = query;
      const { contentType, fileName, write } = exportFormats[format];
      await audited(auditor, {
        eventId: 'ledger-export',
        severityLevel: 'medium',
        request,
        meta: { format, filter, requester: credentials.principal.userEntityRef },
        act: async () => {
          await authorize(permissions, operationsReadPermission, credentials);
          response.setHeader('Content-Type', contentType);
          response.setHeader('Content-Disposition', `attachment; filename="${fileName}"`);
          await pipeline(Readable.from(write(listing.pages(filter)), { objectMode: true }), response, { signal });
        },
      });
    }),
  );
}
