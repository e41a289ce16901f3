import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { join } from 'node:path';
import { startPortal, type Portal } from './__testUtils__/startPortal';
import { until } from './__testUtils__/until';

const entityRef = 'component:default/todo-frontend';
const backend = 'component/default/homelab-k3s.microservices.backend';

/** What is looked at here of a run, through whichever face. */
interface SeenRun {
  id: string;
  state: string;
  face: string;
  requester: string;
  summary: string;
  undoes?: string;
  waitsFor?: string;
  link?: string;
}

let portal: Portal;
beforeAll(async () => {
  portal = await startPortal({ templates: [join(__dirname, '../../../templates/roll-back-release/template.yaml')] });
  for (const path of ['component/default/todo-frontend', backend, 'template/default/roll-back-release']) {
    await untilInCatalog(path);
  }
});
afterAll(async () => {
  await portal?.[Symbol.asyncDispose]();
});

function untilInCatalog(path: string): Promise<void> {
  return until(async () => (await portal.fetchAs('guest', `/api/catalog/entities/by-name/${path}`)).ok);
}

/** The official client of the Model Context Protocol, signed in with a person's token. */
async function connect(user: string) {
  const client = new Client({ name: 'test', version: '1.0.0' });
  const headers = { Authorization: `Bearer ${await portal.tokenOf(user)}` };
  await client.connect(
    new StreamableHTTPClientTransport(new URL(`${portal.url}/api/mcp-actions/v1`), { requestInit: { headers } }),
  );
  return {
    client,
    /** @returns what the tool answers. @throws Error with what it says when it refuses */
    async call<T>(name: string, input: object): Promise<T> {
      const { isError, content } = await client.callTool({ name: `operations.${name}`, arguments: { ...input } });
      const [{ text }] = content as { text: string }[];
      if (isError) throw new Error(text);
      return JSON.parse(text) as T;
    },
    [Symbol.asyncDispose]: () => client.close(),
  };
}

async function runOf(id: string): Promise<SeenRun> {
  return (await (await portal.fetchAs('operator', `/api/operations/v1/runs/${id}`)).json()) as SeenRun;
}

describe('a client of the Model Context Protocol', () => {
  it('is shown each operation with what it asks for', async () => {
    await using tools = await connect('operator');
    const listed = (await tools.client.listTools()).tools;
    const names = listed.map(({ name }) => name.replace('operations.', ''));
    expect(names).toEqual(expect.arrayContaining(['rollouts-restart', 'get-run', 'cancel-run', 'list-available']));
    for (const { inputSchema } of listed) expect(Object.keys(inputSchema.properties ?? {})).not.toEqual([]);
    const restart = listed.find(({ name }) => name === 'operations.rollouts-restart');
    expect(restart?.annotations).toMatchObject({ readOnlyHint: false, destructiveHint: true });
    expect(restart?.inputSchema.properties).toMatchObject({
      mode: { enum: ['plan', 'run'] },
      planId: { format: 'uuid' },
    });
    expect(listed.find(({ name }) => name === 'operations.get-run')?.annotations).toMatchObject({ readOnlyHint: true });
  });

  it('plans, is told to wait for a person, and sees what came of it', async () => {
    await using tools = await connect('operator');
    const { plan } = await tools.call<{ plan: { id: string; summary: string } }>('rollouts-restart', {
      ...{ mode: 'plan', entityRef, input: {} },
    });
    expect(plan.summary).toBe('Restart frontend');
    const order = { mode: 'run', planId: plan.id, reason: 'A tool asks' };
    const { run } = await tools.call<{ run: SeenRun }>('rollouts-restart', order);
    expect(run.state).toBe('awaiting-approval');
    expect(run.waitsFor).toContain(`${portal.url}/activity/runs/${run.id}`);
    expect((await tools.call<{ run: SeenRun }>('rollouts-restart', order)).run.id).toBe(run.id);
    expect(await runOf(run.id)).toMatchObject({ face: 'tool', requester: 'user:default/operator' });

    const approve = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' };
    expect((await portal.fetchAs('operator', `/api/operations/v1/runs/${run.id}/approve`, approve)).status).toBe(200);
    await until(async () => (await tools.call<SeenRun>('get-run', { runId: run.id })).state === 'succeeded');
  });

  it('takes back what it asked for', async () => {
    await using tools = await connect('operator');
    const { plan } = await tools.call<{ plan: { id: string } }>('rollouts-restart', { mode: 'plan', entityRef });
    const order = { mode: 'run', planId: plan.id, reason: 'A tool asks' };
    const { run } = await tools.call<{ run: SeenRun }>('rollouts-restart', order);
    expect((await tools.call<SeenRun>('cancel-run', { runId: run.id })).state).toBe('cancelled');
  });

  it('may what its person may', async () => {
    await using tools = await connect('bystander');
    await expect(tools.call('rollouts-restart', { mode: 'plan', entityRef })).rejects.toThrow(/does not allow/);
    await expect(tools.call('rollouts-restart', { mode: 'run' })).rejects.toThrow(/planId/);
    await expect(connect('nobody')).rejects.toThrow();
  });
});

describe('a template', () => {
  const first = 'component:default/homelab-k3s.microservices.backend';
  const second = entityRef;

  /** Fills in the form as the operator and waits for the end. @returns its status, its log and the runs that it names */
  async function rollBack(values: object) {
    const started = await portal.fetchAs('operator', '/api/scaffolder/v2/tasks', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        templateRef: 'template:default/roll-back-release',
        values: { reason: 'A template asks', ...values },
      }),
    });
    expect(started.status).toBe(201);
    const path = `/api/scaffolder/v2/tasks/${(await started.json()).id}`;
    const status = async () => ((await (await portal.fetchAs('operator', path)).json()) as { status: string }).status;
    await until(async () => !['open', 'processing'].includes(await status()));
    const events = (await (await portal.fetchAs('operator', `${path}/events`)).json()) as {
      body: { message: string };
    }[];
    const log = events.map(({ body }) => body.message).join('\n');
    const ids = [...log.matchAll(/Run ([0-9a-f-]{36}): /g)].map(([, id]) => id);
    return { status: await status(), log, runs: await Promise.all(ids.map(runOf)) };
  }

  it('runs operations one after the other, in the name of whoever started it', async () => {
    const { status, log, runs } = await rollBack({ first, firstRevision: 3, second, secondRevision: 1 });
    expect(log).toContain(`${portal.url}/activity/runs/${runs[0].id}`);
    expect(status).toBe('completed');
    const byTemplate = { state: 'succeeded', face: 'template', requester: 'user:default/operator' };
    expect(runs).toMatchObject([
      { ...byTemplate, summary: 'Roll back backend from revision 4 to revision 3' },
      { ...byTemplate, summary: expect.stringMatching(/^Roll back frontend from revision \d to revision 1$/) },
    ]);
  });

  it('goes no further when the first fails, and says in its log why the door refuses', async () => {
    const { status, log, runs } = await rollBack({ first, firstRevision: 99, second, restore: true });
    expect(status).toBe('failed');
    expect(log).toContain('REVISION_NOT_FOUND');
    expect(runs).toEqual([]);
  });

  it('takes the first back when the second fails, where that was asked for', async () => {
    const kept = await rollBack({ first, firstRevision: 2, second, secondRevision: 99 });
    expect(kept).toMatchObject({ status: 'failed', runs: [{ state: 'succeeded' }] });
    const taken = await rollBack({ first, firstRevision: 1, second, secondRevision: 99, restore: true });
    expect(taken.status).toBe('failed');
    expect(taken.runs).toMatchObject([{ state: 'succeeded' }, { state: 'succeeded', undoes: taken.runs[0].id }]);
  });

  it('does not roll one back twice', async () => {
    const { status, runs } = await rollBack({ first: second, second, firstRevision: 2 });
    expect(status).toBe('completed');
    expect(runs).toHaveLength(1);
  });
});

describe('people', () => {
  it('are told how their runs ended, with a link', async () => {
    const read = async () => {
      const response = await portal.fetchAs('operator', '/api/notifications/notifications');
      return ((await response.json()) as { notifications: { origin: string; payload: object }[] }).notifications;
    };
    await until(async () => (await read()).some(({ payload }) => JSON.stringify(payload).includes('Done: Restart')));
    expect(await read()).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          origin: 'plugin:operations',
          payload: expect.objectContaining({
            ...{ title: 'Done: Restart frontend', topic: 'rollouts-restart' },
            link: expect.stringContaining(`${portal.url}/activity/runs/`),
          }),
        }),
      ]),
    );
  });
});
