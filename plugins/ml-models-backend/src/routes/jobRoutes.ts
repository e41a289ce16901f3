import { authorize } from '@leitstand/plugin-kit-node';
import { jobListQuerySchema, jobReadPermission } from '@leitstand/plugin-ml-models-common';
import type express from 'express';
import { z } from 'zod/v3';
import type { RouteContext } from './RouteContext';

const usageQuerySchema = z.object({ month: jobListQuerySchema.shape.month });

/** `GET /v1/jobs` and `GET /v1/usage`. */
export function addJobRoutes(router: express.Router, { route, permissions, jobs }: RouteContext): void {
  router.get(
    '/v1/jobs',
    route({ query: jobListQuerySchema }, async ({ query, credentials }) => {
      await authorize(permissions, jobReadPermission, credentials);
      return jobs.list(query);
    }),
  );
  router.get(
    '/v1/usage',
    route({ query: usageQuerySchema }, async ({ query, credentials }) => {
      await authorize(permissions, jobReadPermission, credentials);
      return jobs.usage(query.month);
    }),
  );
}
