import type { HttpAuthService } from '@backstage/backend-plugin-api';
import { createRouteFactory } from '@leitstand/plugin-kit-node';
import { liveStreamQuerySchema } from '@leitstand/plugin-live-common';
import type { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import type { LiveStreams } from './LiveStreams';

/** What the routes stand on. */
export interface RouterOptions {
  httpAuth: HttpAuthService;
  streams: LiveStreams;
}

/** `GET /v1/stream?topic=…&topic=…&resume={…}` as an event stream, for people who are signed in. */
export function createRouter(options: RouterOptions): Router {
  const router = PromiseRouter();
  const route = createRouteFactory(options);
  router.get(
    '/v1/stream',
    route({ query: liveStreamQuerySchema }, async ({ query, credentials, signal, response }) => {
      await options.streams.serve({ topics: query.topic, resume: query.resume, credentials, signal, response });
    }),
  );
  return router;
}
