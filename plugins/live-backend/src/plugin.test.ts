import { createBackendModule, type BackendFeature } from '@backstage/backend-plugin-api';
import { createBackend } from '@backstage/backend-defaults';
import { mockCredentials, mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { ConflictError, NotAllowedError } from '@backstage/errors';
import { healthChecksServiceRef, type HealthChecks } from '@leitstand/plugin-kit-node';
import { decodeLiveEvents, type LiveEvent } from '@leitstand/plugin-live-common';
import { LatestState, liveServiceRef, type LiveSource } from '@leitstand/plugin-live-node';
import { createServer } from 'node:net';
import livePlugin from './index';

/** A real source of the topics `weather:<place>`; `weather:secret` is refused, `weather:broken` fails. */
class WeatherSource implements LiveSource {
  readonly prefix = 'weather';
  readonly latest = new LatestState();
  isClosedToAll = false;
  readerCount = 0;

  async authorize(topic: string): Promise<void> {
    if (this.isClosedToAll || topic === 'weather:secret') throw new NotAllowedError('You may not see this weather');
  }

  async *states(topic: string, options: { signal: AbortSignal }) {
    if (topic === 'weather:broken') throw new ConflictError('The station is broken', new Error('password=hunter2'));
    this.readerCount++;
    try {
      yield* this.latest.states(options.signal);
    } finally {
      this.readerCount--;
    }
  }
}

interface TestStream {
  response: Response;
  next(): Promise<LiveEvent | undefined>;
  /** The next event that is no heartbeat. */
  nextState(): Promise<LiveEvent | undefined>;
  leave(): Promise<void>;
}

function weatherModule(source: WeatherSource): BackendFeature {
  return createBackendModule({
    pluginId: 'live',
    moduleId: 'weather',
    register(env) {
      env.registerInit({ deps: { live: liveServiceRef }, init: async deps => deps.live.addSource(source) });
    },
  });
}

async function start(live: Record<string, number> = {}, features: BackendFeature[] = []) {
  const source = new WeatherSource();
  const config = mockServices.rootConfig.factory({ data: { live } });
  const backend = await startTestBackend({ features: [livePlugin, config, weatherModule(source), ...features] });
  return { backend, source, baseUrl: `http://localhost:${backend.server.port()}` };
}

async function open(baseUrl: string, query: string, headers: Record<string, string> = {}): Promise<TestStream> {
  const controller = new AbortController();
  const response = await fetch(`${baseUrl}/api/live/v1/stream?${query}`, {
    headers: { Authorization: mockCredentials.user.header(), ...headers },
    signal: controller.signal,
  });
  const events = decodeLiveEvents(response.body!);
  const next = async () => (await events.next()).value as LiveEvent | undefined;
  return {
    response,
    next,
    async nextState() {
      for (;;) {
        const event = await next();
        if (event?.type !== 'heartbeat') return event;
      }
    },
    async leave() {
      controller.abort();
      await events.return(undefined).catch(() => {});
    },
  };
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise(resolve => setTimeout(resolve, 5));
}

describe('the live stream', () => {
  it('gives the present state, then each change, and lets the source go when the reader leaves', async () => {
    const { source, baseUrl } = await start();
    source.latest.set({ id: '1', data: { sky: 'grey' } });
    const stream = await open(baseUrl, 'topic=weather:berlin');
    expect(stream.response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(stream.response.headers.get('cache-control')).toBe('no-cache, no-transform');
    expect(stream.response.headers.get('x-accel-buffering')).toBe('no');
    expect(await stream.next()).toEqual({ type: 'message', topic: 'weather:berlin', id: '1', data: { sky: 'grey' } });
    source.latest.set({ id: '2', data: { sky: 'blue' } });
    expect(await stream.next()).toMatchObject({ id: '2', data: { sky: 'blue' } });
    expect(source.readerCount).toBe(1);
    await stream.leave();
    await until(() => source.readerCount === 0);
  });

  it('carries many topics, and does not repeat the state that the reader resumes from', async () => {
    const { source, baseUrl } = await start();
    source.latest.set({ id: '1', data: 'old' });
    const topics = Array.from({ length: 50 }, (_, index) => `weather:place-${index}`);
    const resume = Object.fromEntries(topics.slice(1).map(topic => [topic, '1']));
    const query = topics.map(topic => `topic=${topic}`).join('&');
    const stream = await open(baseUrl, `${query}&resume=${encodeURIComponent(JSON.stringify(resume))}`);
    expect(await stream.next()).toMatchObject({ topic: 'weather:place-0', id: '1' });
    source.latest.set({ id: '2', data: 'new' });
    const seen = new Set<string>();
    while (seen.size < 50) {
      const event = await stream.next();
      expect(event).toMatchObject({ type: 'message', id: '2', data: 'new' });
      if (event?.type === 'message') seen.add(event.topic);
    }
    await stream.leave();
  });

  it('fails one topic without ending the others, and tells no secrets', async () => {
    const { source, baseUrl } = await start();
    const stream = await open(
      baseUrl,
      'topic=weather:secret&topic=nobody:there&topic=weather:broken&topic=weather:berlin',
    );
    const failures = [await stream.next(), await stream.next(), await stream.next()];
    expect(failures).toEqual(
      expect.arrayContaining([
        {
          type: 'failure',
          topic: 'weather:secret',
          error: { name: 'NotAllowedError', message: 'You may not see this weather' },
        },
        {
          type: 'failure',
          topic: 'nobody:there',
          error: { name: 'NotFoundError', message: 'Nothing here offers the live topic nobody:there' },
        },
        {
          type: 'failure',
          topic: 'weather:broken',
          error: { name: 'ConflictError', message: 'The station is broken' },
        },
      ]),
    );
    source.latest.set({ id: '1', data: 'still here' });
    expect(await stream.next()).toMatchObject({ topic: 'weather:berlin', data: 'still here' });
    await stream.leave();
  });

  it('sends heartbeats while nothing happens', async () => {
    const { baseUrl } = await start({ heartbeatMs: 20 });
    const stream = await open(baseUrl, 'topic=weather:berlin');
    expect([await stream.next(), await stream.next()]).toEqual([{ type: 'heartbeat' }, { type: 'heartbeat' }]);
    await stream.leave();
  });

  it('lets a slow reader skip states instead of piling them up', async () => {
    const { source, baseUrl } = await start();
    const stream = await open(baseUrl, 'topic=weather:berlin');
    for (let id = 1; id <= 60; id++) {
      source.latest.set({ id: String(id), data: 'x'.repeat(1_000_000) });
      await new Promise(resolve => setImmediate(resolve));
    }
    const ids: string[] = [];
    while (ids.at(-1) !== '60') {
      const event = await stream.nextState();
      if (event?.type === 'message') ids.push(event.id);
    }
    expect(ids.length).toBeLessThan(30);
    await stream.leave();
  });

  it('ends a topic when the reader may no longer see it', async () => {
    const { source, baseUrl } = await start({ authorizationCheckMs: 30 });
    source.latest.set({ id: '1', data: 'seen' });
    const stream = await open(baseUrl, 'topic=weather:berlin');
    expect(await stream.next()).toMatchObject({ id: '1' });
    source.isClosedToAll = true;
    expect(await stream.nextState()).toMatchObject({ type: 'failure', topic: 'weather:berlin' });
    source.latest.set({ id: '2', data: 'not for you' });
    expect(source.readerCount).toBe(0);
    await stream.leave();
  });

  it('ends when the credentials expire', async () => {
    const expiring = { ...mockCredentials.user(), expiresAt: new Date(Date.now() + 150) };
    const { baseUrl } = await start({}, [
      mockServices.httpAuth.mock({ credentials: async () => expiring as never }).factory,
    ]);
    const stream = await open(baseUrl, 'topic=weather:berlin');
    expect(await stream.next()).toBeUndefined();
  });

  it('does not hold up the end of the server, whether the reader reads or not', async () => {
    const { backend, source, baseUrl } = await start({ heartbeatMs: 20 });
    const stream = await open(baseUrl, 'topic=weather:berlin');
    const stuck = await open(baseUrl, 'topic=weather:hamburg');
    source.latest.set({ id: '1', data: 'x'.repeat(20_000_000) });
    await stream.nextState();
    const stoppedAt = Date.now();
    await backend.stop();
    expect(Date.now() - stoppedAt).toBeLessThan(20_000); // far less than readers would stay
    expect(source.readerCount).toBe(0);
    await stream.leave();
    await stuck.leave();
  });

  it('says in the readiness of the server that it has ended', async () => {
    const told = Promise.withResolvers<HealthChecks>();
    const listener = createBackendModule({
      pluginId: 'live',
      moduleId: 'health',
      register: env =>
        env.registerInit({
          deps: { health: healthChecksServiceRef },
          init: async ({ health }) => told.resolve(health),
        }),
    });
    const { backend } = await start({}, [listener]);
    await backend.stop();
    const report = await (await told.promise).report();
    expect(report).toEqual([expect.objectContaining({ area: 'live', state: 'down', reason: 'closing' })]);
  });

  it('is not swallowed by the compression of the real router', async () => {
    const source = new WeatherSource();
    const port = await freePort();
    const baseUrl = `http://localhost:${port}`;
    const listen = { host: '127.0.0.1', port };
    const database = { client: 'better-sqlite3', connection: ':memory:' };
    const backend = createBackend();
    const features = [
      livePlugin,
      weatherModule(source),
      mockServices.rootConfig.factory({ data: { backend: { baseUrl, listen, database } } }),
      mockServices.rootLogger.factory(),
      mockServices.auth.factory(),
      mockServices.httpAuth.factory(),
    ];
    features.forEach(feature => backend.add(feature));
    await backend.start();
    source.latest.set({ id: '1', data: 'small' });
    const stream = await open(baseUrl, 'topic=weather:berlin', { 'Accept-Encoding': 'gzip' });
    expect(stream.response.headers.get('content-encoding')).toBeNull();
    expect(await stream.next()).toMatchObject({ data: 'small' });
    await stream.leave();
    await backend.stop();
  });

  it.each([
    { name: 'anonymous callers', authorization: mockCredentials.none.header(), query: 'topic=weather:b', status: 401 },
    { name: 'services', authorization: mockCredentials.service.header(), query: 'topic=weather:b', status: 403 },
    { name: 'no topic', authorization: mockCredentials.user.header(), query: '', status: 400 },
    { name: 'a topic without source', authorization: mockCredentials.user.header(), query: 'topic=x', status: 400 },
    { name: 'bad resume', authorization: mockCredentials.user.header(), query: 'topic=a:b&resume=[', status: 400 },
  ])('refuses $name', async ({ authorization, query, status }) => {
    const { baseUrl } = await start();
    const response = await fetch(`${baseUrl}/api/live/v1/stream?${query}`, {
      headers: { Authorization: authorization },
    });
    expect(response.status).toBe(status);
  });
});

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
