import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';

const current = new AsyncLocalStorage<string>();

/** What a proxy may call a request; anything else could forge lines of the log. */
const acceptableId = /^[\w.:-]{1,64}$/;

/** The id of the request that the running code works for; undefined outside of one. */
export function currentRequestId(): string | undefined {
  return current.getStore();
}

/** Gives each request an id, the proxy's `x-request-id` if there is a fit one, and says it in the reply. */
export const identifyRequest: RequestHandler = (request, response, next) => {
  const given = request.get('x-request-id');
  const id = given && acceptableId.test(given) ? given : randomUUID();
  response.setHeader('x-request-id', id);
  current.run(id, next);
};
