import { pipeline } from 'node:stream/promises';
import { authorize } from '@leitstand/plugin-kit-node';
import { podLogQuerySchema, podLogReadPermission, podParamsSchema } from '@leitstand/plugin-rollouts-common';
import type express from 'express';
import { untilRefused } from '../lib/untilRefused';
import type { RouteContext } from './RouteContext';

/**
 * `GET /v1/clusters/:cluster/namespaces/:namespace/pods/:pod/log`: text, as it comes. It ends with the container, the
 * reader, the reader's right or credentials, or the server; a connection that breaks upstream breaks this one too.
 */
export function addPodLogRoute(router: express.Router, { route, permissions, podLogs }: RouteContext): void {
  router.get(
    '/v1/clusters/:cluster/namespaces/:namespace/pods/:pod/log',
    route(
      { params: podParamsSchema, query: podLogQuerySchema },
      async ({ params, query, credentials, signal, response }) => {
        const check = () => authorize(permissions, podLogReadPermission, credentials);
        await check();
        const right = untilRefused(check, { expiresAt: credentials.expiresAt });
        try {
          const ending = AbortSignal.any([signal, right.signal]);
          const log = await podLogs.open(params, query, { signal: ending });
          response.setHeader('Content-Type', 'text/plain; charset=utf-8');
          // Without these the server's compression or a proxy would hold lines back.
          response.setHeader('Cache-Control', 'no-cache, no-transform');
          response.setHeader('X-Accel-Buffering', 'no');
          response.setHeader('X-Content-Type-Options', 'nosniff');
          response.flushHeaders();
          await pipeline(log, response, { signal: ending });
        } finally {
          right[Symbol.dispose]();
        }
      },
    ),
  );
}
