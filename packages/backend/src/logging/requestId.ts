import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import type { ErrorResponseBody } from '@backstage/errors';
import type { RequestHandler } from 'express';

const current = new AsyncLocalStorage<string>();

/** What a proxy may call a request; anything else could forge lines of the log. */
const acceptableId = /^[\w.:-]{1,64}$/;

/** The id of the request that the running code works for; undefined outside of one. */
export function currentRequestId(): string | undefined {
  return current.getStore();
}

/**
 * The body of an error as Backstage's middlewares write it, one in each plugin, with the id of the request: a person sees and
 * quotes it. Clients that do not know of it read the body as before.
 */
function withRequestId(body: unknown, id: string): unknown {
  if (typeof body !== 'object' || body === null) return body;
  const { error, request, response } = body as Partial<ErrorResponseBody>;
  return error && request && response ? { ...body, request: { ...request, id } } : body;
}

/**
 * Gives each request an id, the proxy's `x-request-id` if there is a fit one, and says it in the reply: in the header of the
 * same name, and as `request.id` in the body of an error.
 */
export const identifyRequest: RequestHandler = (request, response, next) => {
  const given = request.get('x-request-id');
  const id = given && acceptableId.test(given) ? given : randomUUID();
  response.setHeader('x-request-id', id);
  const sendJson = response.json.bind(response);
  response.json = body => sendJson(response.statusCode >= 400 ? withRequestId(body, id) : body);
  current.run(id, next);
};
