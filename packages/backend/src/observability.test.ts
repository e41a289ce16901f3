import { randomUUID } from 'node:crypto';
import { signIn } from '@leitstand/homelab';
import { startMetrics, type MetricsEndpoint } from './metrics/startMetrics';
import { startPortal, type Portal } from './__testUtils__/startPortal';
import { findFreePort } from './__testUtils__/findFreePort';
import { collectLog } from './__testUtils__/collectLog';
import { until } from './__testUtils__/until';

/** Marks that stand for what nobody may see; each goes the way that a real secret would go. */
const reasonOfRun = 'because of the-ticket-1';
const entityRef = 'component:default/todo-frontend';

const { log, lines: logLines } = collectLog();

const environmentBefore = process.env.NODE_ENV;
let metrics: MetricsEndpoint | undefined;
let portal: Portal;
beforeAll(async () => {
  Object.assign(process.env, { NODE_ENV: 'production' }); // lines of JSON
  metrics = await startMetrics({
    OTEL_METRICS_EXPORTER: 'prometheus',
    OTEL_EXPORTER_PROMETHEUS_PORT: String(await findFreePort()),
  });
  portal = await startPortal({ log });
});
afterAll(async () => {
  Object.assign(process.env, { NODE_ENV: environmentBefore });
  await portal?.[Symbol.asyncDispose]();
  await metrics?.[Symbol.asyncDispose]();
});

const replies: string[] = [];

/** Calls the portal as a person, and keeps what it said. */
async function ask(path: string, body?: object, headers: Record<string, string> = {}) {
  const init = body
    ? { method: 'POST', headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(body) }
    : { headers };
  const response = await portal.fetchAs('admin', path, init);
  const text = await response.text();
  replies.push(text);
  return { response, text, json: () => JSON.parse(text) };
}

/** Runs an operation to its end. */
async function operate(operation: string, input: object = {}): Promise<string> {
  const plan = (await ask('/api/operations/v1/plans', { operation, entityRef, input })).json();
  const asked = { planId: plan.id, reason: reasonOfRun, idempotencyKey: plan.id };
  const run = (await ask('/api/operations/v1/runs', asked)).json();
  const stateOf = async () => (await ask(`/api/operations/v1/runs/${run.id}`)).json().state as string;
  await until(async () => !['queued', 'running'].includes(await stateOf()));
  return stateOf();
}

describe('metrics', () => {
  it('are to be had in the format of Prometheus: requests, upstream calls, caches, event loop, runs, providers', async () => {
    await until(async () => (await ask(`/api/catalog/entities/by-name/component/default/todo-frontend`)).response.ok);
    expect(await operate('rollouts-restart')).toBe('succeeded');
    await ask('/api/ml-models/v1/models');
    await ask('/api/ml-models/v1/models');
    using _ = portal.cluster.faults.always({ path: '*/deployments/frontend' }, { status: 403 });
    await ask('/api/operations/v1/plans', { operation: 'rollouts-restart', entityRef, input: {} });
    const scrape = async () => (await fetch(metrics!.url)).text();
    await until(async () => (await scrape()).includes('leitstand_provider_age'));
    const lines = (await scrape()).split('\n');
    const find = (name: string, ...labels: string[]) =>
      lines.some(line => line.startsWith(`${name}{`) && labels.every(label => line.includes(label)));
    const upstream = (system: string, operation: string, result: string) =>
      find(
        'leitstand_upstream_call_duration_count',
        ...[`system="${system}"`, `operation="${operation}"`, `result="${result}"`],
      );
    expect({
      requests: find(
        'http_server_request_duration_count',
        ...['http_request_method="POST"', 'http_route="/api/operations"', 'http_response_status_code="201"'],
      ),
      patch: upstream('kubernetes', 'patch deployments', 'ok'),
      refused: upstream('kubernetes', 'get deployments', 'UPSTREAM_FORBIDDEN'),
      bigquery: upstream('bigquery', 'GET datasets', 'ok'),
      hits: find('leitstand_cache_answers_total', 'cache="bigquery"', 'answer="hit"'),
      misses: find('leitstand_cache_answers_total', 'cache="bigquery"', 'answer="miss"'),
      runs: find('leitstand_runs', 'state="succeeded"'),
      age: find('leitstand_provider_age', 'source="homelab-k3s"'),
      eventLoop: find('nodejs_eventloop_delay_p99'),
    }).toEqual({
      ...{ requests: true, patch: true, refused: true, bigquery: true, hits: true, misses: true, runs: true },
      ...{ age: true, eventLoop: true },
    });
    expect(lines.join('\n')).not.toContain('microservices/frontend'); // no names of objects in labels
  });

  it('are not collected unless they are asked for', async () => {
    expect(await startMetrics({})).toBeUndefined();
  });
});

describe('readiness', () => {
  interface Area {
    area: string;
    state: string;
    reason?: string;
    since: string;
    isRequired: boolean;
    systems?: { count: number; failingCount: number };
  }
  const said: string[] = [];
  const read = async () => {
    const response = await fetch(`${portal.url}/.backstage/health/v1/readiness`);
    said.push(await response.text());
    const { areas } = JSON.parse(said.at(-1)!) as { areas: Area[] };
    return { status: response.status, areas: new Map(areas.map(area => [area.area, area])) };
  };
  const stateOf = async (area: string) => (await read()).areas.get(area)?.state;

  it('says how every area is, and stays ready while one is only degraded', async () => {
    await ask('/api/ml-models/v1/models');
    await until(async () => [...(await read()).areas.values()].every(({ state }) => state === 'up'));
    const before = (await read()).areas;
    expect([...before.values()].map(({ area, isRequired }) => [area, isRequired])).toEqual([
      ...[['catalog-sources', false] as const, ['database', true] as const, ['live', false] as const],
      ...[['ml-models', false] as const, ['operations', false] as const, ['rollouts', false] as const],
      ['sign-in', false],
    ]);
    const askUpstreams = () => ask(`/api/ml-models/v1/models/homelab-lamp/weather/m${randomUUID().slice(0, 8)}`);
    const { cluster, warehouse } = portal;
    async function fail() {
      using _cluster = cluster.faults.always({ path: '*' }, { status: 503 });
      using _warehouse = warehouse.faults.always({ path: '*' }, { status: 503 });
      cluster.closeWatches();
      await askUpstreams();
      const failing = ['rollouts', 'ml-models', 'catalog-sources'];
      await until(async () => (await Promise.all(failing.map(stateOf))).every(state => state === 'degraded'));
      return read();
    }
    const { status, areas } = await fail();
    expect(status).toBe(200);
    expect(areas.get('rollouts')).toEqual({
      ...{ area: 'rollouts', isRequired: false, state: 'degraded', reason: 'upstreams-failing' },
      ...{ systems: { count: 3, failingCount: 1 }, since: expect.any(String) },
    });
    expect(areas.get('rollouts')!.since > before.get('rollouts')!.since).toBe(true);
    expect(areas.get('ml-models')?.systems).toEqual({ count: 1, failingCount: 1 });
    expect(areas.get('database')).toEqual(before.get('database'));
    await askUpstreams();
    await until(async () => [...(await read()).areas.values()].every(({ state }) => state === 'up'));
    expect(said.filter(text => /homelab|gke|127\.0\.0\.1/.test(text))).toEqual([]); // no names of systems
  });
});

describe('how the portal is, for people', () => {
  const path = '/api/connections/v1/health';

  it('is told by every part that knows something, with one name for this process', async () => {
    const look = async () => (await ask(path)).json();
    await until(async () => (await look()).unknown.length === 0); // a slow machine may not find out all in time
    const { process: self, processes, runs, ...health } = await look();
    expect(health).toMatchObject({
      databases: [{ kind: 'SQLite', version: expect.stringMatching(/^3\./) }],
      doorRules: [{ agentsMayRun: [], services: [], areSignInsMarked: expect.any(Boolean), mayClientsSignIn: false }],
      guestRules: [{ isAllowed: true }],
      signIns: [{ provider: 'oidc', issuer: portal.oidc.issuer, isFailing: false }],
      waysOut: [],
    });
    expect(runs).toContainEqual({ state: 'succeeded', count: expect.any(Number) });
    const writers = processes.map(({ name, writes }: { name: string; writes: string[] }) => [name, writes.sort()]);
    expect(writers).toEqual([[self.name, ['ml-models-bigquery', 'rollouts-workloads']]]);
    expect(self.calls).toContainEqual(expect.objectContaining({ system: 'kubernetes', connection: 'homelab-k3s' }));
    expect(self.caches).toContainEqual(expect.objectContaining({ cache: 'bigquery' }));
  });

  it('is for operators and admins', async () => {
    const people = ['guest', 'viewer', 'operator', 'admin'];
    const statuses = await Promise.all(people.map(async user => (await portal.fetchAs(user, path)).status));
    expect(statuses).toEqual([403, 403, 200, 200]);
    expect((await fetch(`${portal.url}${path}`)).status).toBe(401);
  });
});

describe('the log', () => {
  it('is lines of JSON with the id of the request, which the reply says too', async () => {
    const given = await ask(`/api/operations/v1/runs/${randomUUID()}`, undefined, { 'x-request-id': 'proxy-4711' });
    expect(given.response.headers.get('x-request-id')).toBe('proxy-4711');
    expect(given.json()).toMatchObject({ error: { code: 'RUN_NOT_FOUND' }, request: { id: 'proxy-4711' } });
    const forged = await ask(`/api/operations/v1/runs/${randomUUID()}`, undefined, { 'x-request-id': 'a b' });
    expect(forged.response.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    const parsed = logLines.map(line => JSON.parse(line) as Record<string, unknown>);
    expect(parsed.filter(({ requestId }) => requestId === 'proxy-4711')).toContainEqual(
      expect.objectContaining({ type: 'incomingRequest', status: 404, timestamp: expect.any(String) }),
    );
  });
});

describe('secrets', () => {
  it('are in no line of the log, no reply, and not in the ledger, also when upstreams fail and quote them', async () => {
    const { cluster, warehouse, git, oidc } = portal;
    const quoted = 'secret-that-upstream-quotes';
    const reply = {
      status: 500,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ message: quoted }),
    };
    using _cluster = cluster.faults.always({ path: '*/deployments/frontend', method: 'PATCH' }, { reply });
    using _warehouse = warehouse.faults.always({ path: '*' }, { reply });
    const tokens = await Promise.all(['operator', 'admin', 'viewer'].map(user => portal.tokenOf(user)));
    oidc.faults.next({ path: '/token' }, { reply });
    const refusal = await signIn({ portalUrl: portal.url, user: 'operator' }).catch((error: Error) => error.message);
    replies.push(refusal);
    await operate('rollouts-restart').catch(() => undefined);
    await ask('/api/ml-models/v1/models/homelab-lamp/weather/none');
    await ask('/api/ml-models/v1/connections?refresh=true');
    await ask('/api/rollouts/v1/connections?refresh=true');
    await ask('/api/rollouts/v1/workloads/homelab-k3s/microservices/Deployment/frontend');
    await ask('/api/operations/v1/runs');
    const ledger = await ask('/api/operations/v1/runs/export?format=jsonl');
    const secrets = [
      ...Object.values(cluster.tokens),
      ...Object.values(warehouse.tokens),
      git.token,
      oidc.clientSecret,
    ];
    const found = (text: string) => [quoted, ...secrets, ...tokens].filter(secret => text.includes(secret));
    expect(ledger.text).toContain(reasonOfRun);
    expect(logLines.length).toBeGreaterThan(50);
    const signIns = logLines.filter(line => line.includes('/handler/frame?'));
    expect(signIns.length).toBeGreaterThan(0);
    expect(signIns.filter(line => /[?&](code|state)=(?!\*\*\*)/.test(line))).toEqual([]);
    expect({ log: found(logLines.join('\n')), replies: found(replies.join('\n')) }).toEqual({ log: [], replies: [] });
  });
});
