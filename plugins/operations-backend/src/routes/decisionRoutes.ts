import { authorize } from '@leitstand/plugin-kit-node';
import {
  approveRequestSchema,
  breakGlassRequestSchema,
  idParamsSchema,
  operationsReadPermission,
  rejectRequestSchema,
  type Run,
} from '@leitstand/plugin-operations-common';
import type { Router } from 'express';
import type { z } from 'zod/v3';
import { audited } from '../audit';
import type { Caller } from '../services/Caller';
import { abridgePlan } from './abridgePlan';
import type { RouteDependencies } from './RouteDependencies';

/** What people may do with runs and which wait for them; the answers to those that wait; break-glass; undo. */
export function addDecisionRoutes(router: Router, dependencies: RouteDependencies): void {
  const { route, callers, permissions, approvalService, runPermissions } = dependencies;
  router.get(
    '/v1/approvals',
    route({}, async ({ credentials, request }) => {
      await authorize(permissions, operationsReadPermission, credentials);
      return { items: await approvalService.list(callers.of(credentials, request)) };
    }),
  );
  router.get(
    '/v1/runs/:id/permissions',
    route({ params: idParamsSchema }, async ({ params, credentials, request }) => {
      await authorize(permissions, operationsReadPermission, credentials);
      return runPermissions.of(params.id, callers.of(credentials, request));
    }),
  );
  addDecisionRoute(router, dependencies, {
    ...{ verb: 'approve', body: approveRequestSchema, severityLevel: 'medium' },
    decide: (runId, { comment }, caller) => approvalService.approve(runId, comment, caller),
  });
  addDecisionRoute(router, dependencies, {
    ...{ verb: 'reject', body: rejectRequestSchema, severityLevel: 'medium' },
    decide: (runId, { comment }, caller) => approvalService.reject(runId, comment, caller),
  });
  addDecisionRoute(router, dependencies, {
    ...{ verb: 'break-glass', body: breakGlassRequestSchema, severityLevel: 'high' },
    decide: (runId, { reason }, caller) => approvalService.breakGlass(runId, reason, caller),
  });
  addUndoRoute(router, dependencies);
}

/** A decision of a person on one run. */
interface Decision<TBody extends z.ZodTypeAny> {
  verb: 'approve' | 'reject' | 'break-glass';
  body: TBody;
  severityLevel: 'medium' | 'high';
  decide(runId: string, body: z.output<TBody>, caller: Caller): Promise<Run>;
}

/** `POST /v1/runs/:id/<verb>`, on record as `run-<verb>`. */
function addDecisionRoute<TBody extends z.ZodTypeAny>(
  router: Router,
  { route, callers, auditor }: RouteDependencies,
  { verb, body: bodySchema, severityLevel, decide }: Decision<TBody>,
): void {
  router.post(
    `/v1/runs/:id/${verb}`,
    route({ params: idParamsSchema, body: bodySchema }, async ({ params, body, credentials, request }) => {
      const caller = callers.person(credentials, request);
      return audited(auditor, {
        eventId: `run-${verb}`,
        severityLevel,
        request,
        meta: { runId: params.id, decidedBy: caller.requester },
        act: () => decide(params.id, body as z.output<TBody>, caller),
        metaOf: run => ({ requester: run.requester, operation: run.operation, entityRef: run.entityRef }),
      });
    }),
  );
}

function addUndoRoute(router: Router, { route, callers, runService, undoService, auditor }: RouteDependencies): void {
  router.post(
    '/v1/runs/:id/undo-plan',
    route({ params: idParamsSchema, status: 201 }, async ({ params, credentials, signal, request }) => {
      const caller = callers.of(credentials, request);
      return audited(auditor, {
        eventId: 'run-undo-plan',
        severityLevel: 'low',
        request,
        meta: { runId: params.id, requester: caller.requester },
        act: async () => abridgePlan(await undoService.plan(await runService.getWithPlan(params.id), caller, signal)),
        metaOf: plan => ({ planId: plan.id, operation: plan.operation, entityRef: plan.entityRef }),
      });
    }),
  );
}
