import { authorize } from '@leitstand/plugin-kit-node';
import {
  approveRequestSchema,
  breakGlassRequestSchema,
  idParamsSchema,
  operationsReadPermission,
  rejectRequestSchema,
} from '@leitstand/plugin-operations-common';
import type { Router } from 'express';
import { audited } from '../audit';
import type { RouteDependencies } from '../router';

/** What people may do with runs and which wait for them; the answers to those that wait; break-glass; undo. */
export function addDecisionRoutes(router: Router, dependencies: RouteDependencies): void {
  const { route, callers, permissions, approvalService, runPermissions } = dependencies;
  router.get(
    '/v1/approvals',
    route({}, async ({ credentials }) => {
      await authorize(permissions, operationsReadPermission, credentials);
      return { items: await approvalService.list(callers.of(credentials)) };
    }),
  );
  router.get(
    '/v1/runs/:id/permissions',
    route({ params: idParamsSchema }, async ({ params, credentials }) => {
      await authorize(permissions, operationsReadPermission, credentials);
      return runPermissions.of(params.id, callers.of(credentials));
    }),
  );
  addApprovalRoutes(router, dependencies);
  addBreakGlassRoute(router, dependencies);
  addUndoRoute(router, dependencies);
}

function addApprovalRoutes(router: Router, { route, callers, approvalService, auditor }: RouteDependencies): void {
  router.post(
    '/v1/runs/:id/approve',
    route({ params: idParamsSchema, body: approveRequestSchema }, async ({ params, body, credentials, request }) => {
      const caller = callers.person(credentials);
      return audited(auditor, {
        eventId: 'run-approve',
        severityLevel: 'medium',
        request,
        meta: { runId: params.id, decidedBy: caller.requester },
        act: () => approvalService.approve(params.id, body.comment, caller),
        metaOf: run => ({ requester: run.requester, operation: run.operation, entityRef: run.entityRef }),
      });
    }),
  );
  router.post(
    '/v1/runs/:id/reject',
    route({ params: idParamsSchema, body: rejectRequestSchema }, async ({ params, body, credentials, request }) => {
      const caller = callers.person(credentials);
      return audited(auditor, {
        eventId: 'run-reject',
        severityLevel: 'medium',
        request,
        meta: { runId: params.id, decidedBy: caller.requester },
        act: () => approvalService.reject(params.id, body.comment, caller),
        metaOf: run => ({ requester: run.requester, operation: run.operation, entityRef: run.entityRef }),
      });
    }),
  );
}

function addBreakGlassRoute(router: Router, { route, callers, approvalService, auditor }: RouteDependencies): void {
  router.post(
    '/v1/runs/:id/break-glass',
    route({ params: idParamsSchema, body: breakGlassRequestSchema }, async ({ params, body, credentials, request }) => {
      const caller = callers.person(credentials);
      return audited(auditor, {
        eventId: 'run-break-glass',
        severityLevel: 'high',
        request,
        meta: { runId: params.id, decidedBy: caller.requester },
        act: () => approvalService.breakGlass(params.id, body.reason, caller),
        metaOf: run => ({ requester: run.requester, operation: run.operation, entityRef: run.entityRef }),
      });
    }),
  );
}

function addUndoRoute(router: Router, { route, callers, runService, undoService, auditor }: RouteDependencies): void {
  router.post(
    '/v1/runs/:id/undo-plan',
    route({ params: idParamsSchema, status: 201 }, async ({ params, credentials, signal, request }) => {
      const caller = callers.of(credentials);
      return audited(auditor, {
        eventId: 'run-undo-plan',
        severityLevel: 'low',
        request,
        meta: { runId: params.id, requester: caller.requester },
        act: async () => undoService.plan(await runService.getWithPlan(params.id), caller, signal),
        metaOf: plan => ({ planId: plan.id, operation: plan.operation, entityRef: plan.entityRef }),
      });
    }),
  );
}
