import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { startPortal, type Portal } from './__testUtils__/startPortal';

const entityRef = 'component:default/todo-frontend';

/** What is looked at here of a run, through whichever face. */
interface SeenRun {
  id: string;
  state: string;
  face: string;
  requester: string;
  waitsFor?: string;
  link?: string;
}

let portal: Portal;
beforeAll(async () => {
  portal = await startPortal({ templates: [join(__dirname, '__fixtures__/templates/restart/template.yaml')] });
  await until(
    async () => (await portal.fetchAs('guest', '/api/catalog/entities/by-name/component/default/todo-frontend')).ok,
  );
}, 60_000);
afterAll(async () => {
  await portal?.[Symbol.asyncDispose]();
});

async function until(condition: () => Promise<boolean>): Promise<void> {
  for (let attempt = 0; !(await condition()); attempt++) {
    if (attempt === 200) throw new Error('It did not come true within 20 s');
    await setTimeout(100);
  }
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
  }, 40_000);

  it('takes back what it asked for', async () => {
    await using tools = await connect('operator');
    const { plan } = await tools.call<{ plan: { id: string } }>('rollouts-restart', { mode: 'plan', entityRef });
    const order = { mode: 'run', planId: plan.id, reason: 'A tool asks' };
    const { run } = await tools.call<{ run: SeenRun }>('rollouts-restart', order);
    expect((await tools.call<SeenRun>('cancel-run', { runId: run.id })).state).toBe('cancelled');
  }, 40_000);

  it('may what its person may', async () => {
    await using tools = await connect('bystander');
    await expect(tools.call('rollouts-restart', { mode: 'plan', entityRef })).rejects.toThrow(/does not allow/);
    await expect(tools.call('rollouts-restart', { mode: 'run' })).rejects.toThrow(/planId/);
    await expect(connect('nobody')).rejects.toThrow();
  }, 40_000);
});

describe('a template', () => {
  async function startTask(values: object): Promise<string> {
    const response = await portal.fetchAs('operator', '/api/scaffolder/v2/tasks', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ templateRef: 'template:default/fixture-restart', values }),
    });
    expect(response.status).toBe(201);
    return `/api/scaffolder/v2/tasks/${(await response.json()).id}`;
  }

  async function endOf(path: string) {
    const status = async () => ((await (await portal.fetchAs('operator', path)).json()) as { status: string }).status;
    await until(async () => !['open', 'processing'].includes(await status()));
    const events = (await (await portal.fetchAs('operator', `${path}/events`)).json()) as {
      body: { message: string };
    }[];
    return { status: await status(), log: events.map(({ body }) => body.message).join('\n') };
  }

  it('runs an operation in the name of whoever started it', async () => {
    const { status, log } = await endOf(await startTask({ entityRef, reason: 'A template asks' }));
    expect(log).toContain(`${portal.url}/activity/runs/`);
    expect(status).toBe('completed');
    const [, id] = /activity\/runs\/([0-9a-f-]+)/.exec(log) ?? [];
    expect(await runOf(id)).toMatchObject({
      ...{ state: 'succeeded', face: 'template', requester: 'user:default/operator' },
    });
  }, 40_000);

  it('says in its log why the door refuses', async () => {
    const { status, log } = await endOf(await startTask({ entityRef }));
    expect(status).toBe('failed');
    expect(log).toContain('REASON_REQUIRED');
  }, 40_000);
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
  }, 40_000);
});
