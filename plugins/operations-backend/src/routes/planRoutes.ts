import { authorize } from '@leitstand/plugin-kit-node';
import { idParamsSchema, operationsReadPermission, planRequestSchema } from '@leitstand/plugin-operations-common';
import type { Router } from 'express';
import { audited } from '../audit';
import { abridgePlan } from './abridgePlan';
import type { RouteDependencies } from './RouteDependencies';

/** `POST /v1/plans` and `GET /v1/plans/:id`. */
export function addPlanRoutes(router: Router, dependencies: RouteDependencies): void {
  const { callerRoute, callers, permissions, planService, auditor } = dependencies;
  router.post(
    '/v1/plans',
    callerRoute({ body: planRequestSchema, status: 201 }, async ({ body, credentials, signal, request }) => {
      const caller = callers.of(credentials, request);
      return audited(auditor, {
        eventId: 'plan-create',
        severityLevel: 'low',
        request,
        meta: { operation: body.operation, entityRef: body.entityRef, requester: caller.requester },
        act: async () => abridgePlan(await planService.create({ ...body, caller, signal })),
        metaOf: plan => ({ planId: plan.id }),
      });
    }),
  );
  router.get(
    '/v1/plans/:id',
    callerRoute({ params: idParamsSchema }, async ({ params, credentials, request }) => {
      await authorize(permissions, operationsReadPermission, credentials);
      return abridgePlan((await planService.get(params.id, callers.of(credentials, request))).plan);
    }),
  );
}
