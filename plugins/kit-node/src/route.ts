import type { BackstageCredentials, BackstagePrincipalTypes, HttpAuthService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import type { Request, RequestHandler, Response } from 'express';
import type { z } from 'zod/v3';
import { assertModest, describeProblems } from './requestProblems';
import { safeError } from './safeError';

/** What a route reads of a request. Each part that is left out is not read. */
export interface RouteSchemas<TParams extends z.ZodTypeAny, TQuery extends z.ZodTypeAny, TBody extends z.ZodTypeAny> {
  params?: TParams;
  query?: TQuery;
  body?: TBody;
}

/** Kinds of callers that a route can be open to. */
export type RouteCaller = 'user' | 'service';

/** What a route's handler gets. */
export interface RouteContext<TParams, TQuery, TBody, TCaller extends RouteCaller = 'user'> {
  params: TParams;
  query: TQuery;
  body: TBody;
  credentials: BackstageCredentials<BackstagePrincipalTypes[TCaller]>;
  /** Aborted when the client goes away before the answer is complete. */
  signal: AbortSignal;
  request: Request;
  response: Response;
}

/** Says how every route of a router finds out who calls. */
export interface RouteFactoryOptions<TCaller extends RouteCaller = 'user'> {
  httpAuth: HttpAuthService;
  /** Who may call at all. Default: users only. */
  callers?: TCaller[];
  /** Turns callers away before anything of the request is read. @throws NotAllowedError */
  admit?(credentials: BackstageCredentials<BackstagePrincipalTypes[TCaller]>): void;
}

/** Aborts when the client closes the connection before the response has ended. */
function closeSignal(response: Response): AbortSignal {
  const controller = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) controller.abort();
  });
  return controller.signal;
}

function parsePart<TSchema extends z.ZodTypeAny>(schema: TSchema | undefined, value: unknown, part: string) {
  if (!schema) return undefined;
  if (part === 'body') assertModest(value, part);
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data as z.output<TSchema>;
  throw new InputError(`The request does not fit: ${describeProblems(parsed.error, part)}`);
}

/**
 * Makes the wrapper that every route of Leitstand uses: user credentials (services are refused unless the router is open to
 * them, anonymous callers always), parsed input, a signal that follows the connection, the reply as JSON (`undefined` is
 * 204).
 *
 * Errors go through {@link safeError} to Backstage's error middleware, which maps them by class; an abort of the client
 * is not an error.
 */
export function createRouteFactory<TCaller extends RouteCaller = 'user'>(options: RouteFactoryOptions<TCaller>) {
  return function route<
    TParams extends z.ZodTypeAny = z.ZodUndefined,
    TQuery extends z.ZodTypeAny = z.ZodUndefined,
    TBody extends z.ZodTypeAny = z.ZodUndefined,
  >(
    schemas: RouteSchemas<TParams, TQuery, TBody> & { status?: number },
    handle: (context: RouteContext<z.output<TParams>, z.output<TQuery>, z.output<TBody>, TCaller>) => Promise<unknown>,
  ): RequestHandler {
    async function reply(request: Request, response: Response, signal: AbortSignal): Promise<void> {
      const allow = options.callers ?? (['user'] as TCaller[]);
      const credentials = await options.httpAuth.credentials(request, { allow });
      options.admit?.(credentials);
      const body = await handle({
        params: parsePart(schemas.params, request.params, 'path'),
        query: parsePart(schemas.query, request.query, 'query'),
        body: parsePart(schemas.body, request.body, 'body'),
        credentials,
        signal,
        request,
        response,
      });
      if (response.headersSent) return;
      if (body === undefined) response.status(204).end();
      else response.status(schemas.status ?? 200).json(body);
    }

    return (request, response, next) => {
      const signal = closeSignal(response);
      reply(request, response, signal).catch((error: unknown) => {
        if (!signal.aborted) next(safeError(error));
      });
    };
  };
}
