import { coreServices, createBackendPlugin } from '@backstage/backend-plugin-api';
import { mockCredentials, mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { ConflictError, InputError, NotAllowedError, NotFoundError } from '@backstage/errors';
import { AuthorizeResult, createPermission } from '@backstage/plugin-permission-common';
import { UpstreamError, withCode } from '@leitstand/plugin-kit-common';
import express from 'express';
import PromiseRouter from 'express-promise-router';
import { EventEmitter, once } from 'node:events';
import { z } from 'zod/v3';
import { authorize } from './authorize';
import { createRouteFactory } from './route';

const readPermission = createPermission({ name: 'things.read', attributes: { action: 'read' } });
const secret = 'password=hunter2';

/** Errors that a handler may throw, by name. */
const faults: Record<string, () => Error> = {
  input: () => new InputError('The name is too long', new Error(secret)),
  missing: () => new NotFoundError('There is no such thing'),
  conflict: () => withCode(new ConflictError('It has changed'), 'THING_CHANGED'),
  upstream: () =>
    new UpstreamError('The store refused us', {
      code: 'UPSTREAM_UNAUTHENTICATED',
      system: 'store',
      operation: 'list',
      upstreamStatus: 401,
      cause: new Error(secret),
    }),
  timeout: () => new UpstreamError('Too slow', { code: 'UPSTREAM_TIMEOUT', system: 'store', operation: 'list' }),
  unexpected: () => Object.assign(new Error(secret), { statusCode: 401, body: secret }),
};

async function start(result: AuthorizeResult.ALLOW | AuthorizeResult.DENY = AuthorizeResult.ALLOW) {
  const events = new EventEmitter();
  const hanging = once(events, 'hanging');
  const aborted = once(events, 'aborted');
  const plugin = createBackendPlugin({
    pluginId: 'things',
    register(env) {
      env.registerInit({
        deps: {
          httpAuth: coreServices.httpAuth,
          httpRouter: coreServices.httpRouter,
          permissions: coreServices.permissions,
        },
        async init({ httpAuth, httpRouter, permissions }) {
          const route = createRouteFactory({ httpAuth });
          const router = PromiseRouter();
          router.use(express.json({ limit: 100 }));
          router.post(
            '/things/:name',
            route(
              {
                params: z.object({ name: z.string().max(10) }),
                query: z.object({ count: z.coerce.number().default(1) }),
                body: z.object({ size: z.number() }).strict(),
                status: 201,
              },
              async ({ params, query, body, credentials }) => {
                await authorize(permissions, readPermission, credentials);
                return { ...params, ...query, ...body, by: credentials.principal.userEntityRef };
              },
            ),
          );
          const openRoute = createRouteFactory({
            httpAuth,
            callers: ['user', 'service'],
            admit: ({ principal }) => {
              if (principal.type === 'service' && principal.subject !== 'external:ci') {
                throw new NotAllowedError(`${principal.subject} may not come in`);
              }
            },
          });
          router.post(
            '/open',
            openRoute({ body: z.object({ size: z.number() }) }, async ({ credentials }) => credentials.principal),
          );
          router.delete(
            '/things',
            route({}, async () => undefined),
          );
          router.get(
            '/faults/:fault',
            route({ params: z.object({ fault: z.string() }) }, async ({ params }) => {
              throw faults[params.fault]();
            }),
          );
          router.get(
            '/hang',
            route({}, async ({ signal }) => {
              signal.addEventListener('abort', () => events.emit('aborted'));
              events.emit('hanging');
              await aborted;
              throw new Error('Nobody hears this');
            }),
          );
          httpRouter.use(router);
        },
      });
    },
  });
  const errorLog: unknown[] = [];
  const logger = mockServices.rootLogger.mock({ error: (...line: unknown[]) => void errorLog.push(line) });
  logger.child.mockReturnValue(logger);
  const backend = await startTestBackend({
    features: [plugin, mockServices.permissions.factory({ result }), logger.factory],
  });
  const call = (path: string, init: RequestInit & { authorization?: string } = {}) =>
    fetch(`http://localhost:${backend.server.port()}/api/things/${path}`, {
      ...init,
      headers: {
        Authorization: init.authorization ?? mockCredentials.user.header('user:default/olga'),
        'Content-Type': 'application/json',
      },
    });
  return { call, aborted, hanging, errorLog };
}

const good = { method: 'POST', body: '{"size":3}' };

describe('route', () => {
  it('parses what it is given and replies as it is told', async () => {
    const { call } = await start();
    const response = await call('things/cup?count=2', good);
    expect(response.status).toBe(201);
    expect(await response.json()).toEqual({ name: 'cup', count: 2, size: 3, by: 'user:default/olga' });
    expect((await call('things', { method: 'DELETE' })).status).toBe(204);
  });

  it.each([
    { name: 'services', init: { authorization: mockCredentials.service.header() }, status: 403 },
    { name: 'anonymous callers', init: { authorization: mockCredentials.none.header() }, status: 401 },
    {
      name: 'a body that is too large',
      init: { body: JSON.stringify({ size: 1, more: 'x'.repeat(100) }) },
      status: 413,
    },
    { name: 'a body that is no JSON', init: { body: '{' }, status: 400 },
  ])('refuses $name', async ({ init, status }) => {
    const { call } = await start();
    expect((await call('things/cup', { ...good, ...init })).status).toBe(status);
  });

  it.each([
    { subject: 'external:ci', body: '{"size":3}', status: 200 },
    { subject: 'external:ci', body: '{}', status: 400 },
    { subject: 'external:other', body: '{}', status: 403 },
  ])('opens a route to the services that it admits, before it reads anything: $subject $body', async options => {
    const { call } = await start();
    const token = { onBehalfOf: mockCredentials.service(options.subject), targetPluginId: 'things' };
    const authorization = mockCredentials.service.header(token);
    const response = await call('open', { method: 'POST', body: options.body, authorization });
    expect(response.status).toBe(options.status);
    expect((await call('open', good)).status).toBe(200);
  });

  it.each([
    { path: 'things/far-too-long', init: good, message: /path\.name: String must contain at most 10/ },
    { path: 'things/cup?count=many', init: good, message: /query\.count: Expected number/ },
    { path: 'things/cup', init: { ...good, body: '{"size":"big"}' }, message: /body\.size: Expected number/ },
    { path: 'things/cup', init: { ...good, body: '{"size":1,"colour":2}' }, message: /body: Unrecognized key.*colour/ },
  ])('names what does not fit: $message', async ({ path, init, message }) => {
    const { call } = await start();
    const response = await call(path, init);
    expect(response.status).toBe(400);
    const { error } = (await response.json()) as { error: { name: string; message: string } };
    expect(error.name).toBe('InputError');
    expect(error.message).toMatch(message);
  });

  it('refuses without the permission, and names it', async () => {
    const { call } = await start(AuthorizeResult.DENY);
    const response = await call('things/cup', good);
    expect(response.status).toBe(403);
    expect(await response.text()).toMatch(/the permission things\.read is missing/);
  });

  it.each([
    { fault: 'input', status: 400, error: { name: 'InputError', message: 'The name is too long' } },
    { fault: 'missing', status: 404, error: { name: 'NotFoundError', message: 'There is no such thing' } },
    {
      fault: 'conflict',
      status: 409,
      error: { name: 'ConflictError', code: 'THING_CHANGED', message: 'It has changed' },
    },
    {
      fault: 'upstream',
      status: 502,
      error: {
        name: 'UpstreamError',
        message: 'The store refused us',
        code: 'UPSTREAM_UNAUTHENTICATED',
        system: 'store',
        operation: 'list',
        upstreamStatus: 401,
        retryable: false,
        statusCode: 502,
      },
    },
    { fault: 'timeout', status: 504, error: { code: 'UPSTREAM_TIMEOUT', retryable: true } },
    {
      fault: 'unexpected',
      status: 500,
      error: { name: 'Error', message: 'Something unexpected went wrong. The log of the server says where.' },
    },
  ])('maps $fault to $status and keeps its cause', async ({ fault, status, error }) => {
    const { call, errorLog } = await start();
    const response = await call(`faults/${fault}`);
    expect(response.status).toBe(status);
    const text = await response.text();
    expect(text).not.toContain(secret);
    expect((JSON.parse(text) as { error: object }).error).toMatchObject(error);
    const logged = errorLog.flat().map(entry => (entry instanceof Error ? `${entry.stack}` : String(entry)));
    expect(logged.join('\n')).not.toContain(secret);
  });

  it('aborts its signal when the client goes away, and nobody calls that an error', async () => {
    const { call, aborted, hanging, errorLog } = await start();
    const controller = new AbortController();
    const response = call('hang', { signal: controller.signal });
    await hanging;
    controller.abort();
    await expect(response).rejects.toThrow(/aborted/);
    await aborted;
    await new Promise(resolve => setImmediate(resolve));
    expect(errorLog).toEqual([]);
  });
});
