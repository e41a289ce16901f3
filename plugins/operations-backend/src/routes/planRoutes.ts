import { authorize } from '@leitstand/plugin-kit-node';
import { idParamsSchema, operationsReadPermission, planRequestSchema } from '@leitstand/plugin-operations-common';
import type { Router } from 'express';
import { audited } from '../audit';
import type { RouteDependencies } from '../router';

/** `POST /v1/plans` and `GET /v1/plans/:id`. */
export function addPlanRoutes(router: Router, { route, permissions, planService, auditor }: RouteDependencies): void {
  router.post(
    '/v1/plans',
    route({ body: planRequestSchema, status: 201 }, async ({ body, credentials, signal, request }) => {
      const requester = credentials.principal.userEntityRef;
      return audited(auditor, {
        eventId: 'plan-create',
        severityLevel: 'low',
        request,
        meta: { operation: body.operation, entityRef: body.entityRef, requester },
        act: () => planService.create({ ...body, credentials, signal }),
        metaOf: plan => ({ planId: plan.id }),
      });
    }),
  );
  router.get(
    '/v1/plans/:id',
    route({ params: idParamsSchema }, async ({ params, credentials }) => {
      await authorize(permissions, operationsReadPermission, credentials);
      return (await planService.get(params.id, credentials)).plan;
    }),
  );
}
