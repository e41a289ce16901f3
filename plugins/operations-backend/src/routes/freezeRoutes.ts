import { authorize } from '@leitstand/plugin-kit-node';
import {
  freezeListQuerySchema,
  freezeRequestSchema,
  idParamsSchema,
  operationsFreezePermission,
  operationsReadPermission,
} from '@leitstand/plugin-operations-common';
import type { Router } from 'express';
import { audited } from '../audit';
import type { RouteDependencies } from './RouteDependencies';

/** `GET /v1/freezes`, `POST /v1/freezes` and `POST /v1/freezes/:id/end`. */
export function addFreezeRoutes(router: Router, dependencies: RouteDependencies): void {
  const { route, callers, permissions, freezes, frozenTargets, targets, auditor } = dependencies;
  router.get(
    '/v1/freezes',
    route({ query: freezeListQuerySchema }, async ({ query, credentials, request }) => {
      await authorize(permissions, operationsReadPermission, credentials);
      const { entityRef, past } = query;
      const caller = callers.of(credentials, request);
      const place = entityRef === undefined ? undefined : await targets.claimedPlaceOf(entityRef, caller);
      return { items: await freezes.list({ place, isPastIncluded: past === 'true' }) };
    }),
  );
  router.post(
    '/v1/freezes',
    route({ body: freezeRequestSchema, status: 201 }, async ({ body, credentials, signal, request }) => {
      const { requester } = callers.person(credentials, request);
      const { entityRef } = body.scope;
      return audited(auditor, {
        eventId: 'freeze-create',
        severityLevel: 'medium',
        request,
        meta: { requester },
        act: async () => {
          await authorize(permissions, operationsFreezePermission, credentials);
          const found = entityRef === undefined ? {} : await frozenTargets.find(entityRef, { credentials, signal });
          return freezes.create({ ...body, ...found }, requester);
        },
        metaOf: freeze => ({ freezeId: freeze.id }),
      });
    }),
  );
  router.post(
    '/v1/freezes/:id/end',
    route({ params: idParamsSchema }, async ({ params, credentials, request }) => {
      const { requester } = callers.person(credentials, request);
      return audited(auditor, {
        eventId: 'freeze-end',
        severityLevel: 'medium',
        request,
        meta: { freezeId: params.id, requester },
        act: async () => {
          await authorize(permissions, operationsFreezePermission, credentials);
          return freezes.end(params.id, requester);
        },
      });
    }),
  );
}
