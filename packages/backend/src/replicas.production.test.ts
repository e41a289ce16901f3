import { TestDatabases } from '@backstage/backend-test-utils';
import { signIn } from '@leitstand/homelab';
import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { startReplicas, type Replicas } from './__testUtils__/startReplicas';

jest.setTimeout(600_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
const onPostgres = databases.supports('POSTGRES_18') ? describe : describe.skip;

const workload = 'component:default/todo-frontend';
const entityPath = '/api/catalog/entities/by-name/component/default/todo-frontend';

interface SeenRun {
  id: string;
  state: string;
  steps: { state: string }[];
}

onPostgres('the production bundle as two replicas on one PostgreSQL (POSTGRES_18), behind a proxy', () => {
  let replicas: Replicas;
  beforeAll(async () => {
    replicas = await startReplicas(await databases.init('POSTGRES_18'));
  });
  afterAll(() => replicas?.[Symbol.asyncDispose]());

  async function fetchAs(user: string, path: string, init: RequestInit = {}) {
    const headers = new Headers(init.headers);
    headers.set('authorization', `Bearer ${await replicas.tokenOf(user)}`);
    return fetch(`${replicas.url}${path}`, { ...init, headers });
  }

  async function post<T>(path: string, body: object): Promise<T> {
    const headers = { 'content-type': 'application/json' };
    const response = await fetchAs('operator', path, { method: 'POST', headers, body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as T;
  }

  /** @returns the run's id */
  async function run(operation: string): Promise<string> {
    const plan = await post<{ id: string }>('/api/operations/v1/plans', { operation, entityRef: workload });
    const request = { planId: plan.id, reason: 'the trial of two replicas', idempotencyKey: randomUUID() };
    return (await post<SeenRun>('/api/operations/v1/runs', request)).id;
  }

  /** The run as it is reported live, through however many streams that takes; a stream ends with its replica. */
  async function followToEnd(runId: string) {
    const states: string[] = [];
    let streamCount = 0;
    for (;;) {
      streamCount++;
      const topic = encodeURIComponent(`operations:run/${runId}`);
      const response = await fetchAs('operator', `/api/live/v1/stream?topic=${topic}`);
      expect(response.status).toBe(200);
      const text = response.body?.pipeThrough(new TextDecoderStream() as TransformStream<Uint8Array, string>);
      let buffered = '';
      try {
        for await (const chunk of text ?? []) {
          buffered += chunk;
          const lines = buffered.split('\n');
          buffered = lines.pop() ?? '';
          for (const line of lines.filter(l => l.startsWith('data: {"topic"'))) {
            const { state } = JSON.parse(line.slice('data: '.length)).data as SeenRun;
            if (states.at(-1) !== state) states.push(state);
          }
          if (['succeeded', 'failed', 'needs-attention'].includes(states.at(-1) ?? '')) return { states, streamCount };
        }
      } catch {
        // The connection ended with its replica; a browser opens the next stream, and so does this test.
      }
    }
  }

  /** Asks for pages and data all the time. @returns what went wrong so far */
  function visit(signal: AbortSignal) {
    const failures: string[] = [];
    const count = { value: 0 };
    const paths = ['/', entityPath, '/api/operations/v1/runs?limit=5', '/api/rollouts/v1/workloads?limit=5'];
    const visitors = paths.map(async path => {
      while (!signal.aborted) {
        const problem = await fetchAs('operator', path).then(
          async response => (response.ok ? (await response.arrayBuffer(), undefined) : `${response.status}`),
          (error: Error) => error.message,
        );
        if (problem) failures.push(`${path}: ${problem}`);
        count.value++;
        await setTimeout(25);
      }
    });
    return { failures, count, ended: Promise.all(visitors) };
  }

  it('starts both at once on an empty database, and lets people sign in through either', async () => {
    for (let attempt = 0; attempt < 4; attempt++) {
      expect(await signIn({ portalUrl: replicas.url, user: 'operator', environment: 'production' })).toMatch(/^ey/);
    }
    expect([...replicas.proxy.counts.values()].every(count => count > 4)).toBe(true);
  });

  it('has no guest', async () => {
    await expect(signIn({ portalUrl: replicas.url, user: 'guest' })).rejects.toThrow();
  });

  it('goes on with a run, its live progress and every request while one after the other restarts', async () => {
    const controller = new AbortController();
    const visitors = visit(controller.signal);
    replicas.cordon(true);
    const restart = await run('rollouts-restart');
    const followed = followToEnd(restart);
    for (const replica of replicas.processes) {
      const stopped = await replica.stop();
      expect(stopped).toMatchObject({ exitCode: 0 });
      expect(stopped.readiness.filter(status => status !== undefined)).toContain(503);
      replica.start();
      await replica.untilReady();
      await replicas.proxy.untilReady(2);
    }
    replicas.cordon(false);
    const { states, streamCount } = await followed;
    expect(states.at(-1)).toBe('succeeded');
    expect(streamCount).toBeGreaterThan(1);
    controller.abort();
    await visitors.ended;
    expect(visitors.failures).toEqual([]);
    expect(visitors.count.value).toBeGreaterThan(100);
    const seen = (await (await fetchAs('operator', `/api/operations/v1/runs/${restart}`)).json()) as SeenRun;
    expect(seen.steps.every(step => step.state === 'done')).toBe(true);
    expect(replicas.patchCount()).toBe(2); // the plan's dry run and the run's change, although four processes took part
  });
});
