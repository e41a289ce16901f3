import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { eventually } from '@leitstand/plugin-kit-node/testUtils';
import { createHash, randomBytes } from 'node:crypto';
import { startPortal, type Portal } from './__testUtils__/startPortal';

const entityRef = 'component:default/todo-frontend';
const redirectUri = 'http://localhost:9/callback';

let portal: Portal;
beforeAll(async () => {
  portal = await startPortal({
    config: {
      auth: { omitIdentityTokenOwnershipClaim: false, experimentalDynamicClientRegistration: { enabled: true } },
    },
  });
  const entity = '/api/catalog/entities/by-name/component/default/todo-frontend';
  while (!(await portal.fetchAs('guest', entity)).ok) await new Promise(resolve => setTimeout(resolve, 100));
});
afterAll(async () => {
  await portal?.[Symbol.asyncDispose]();
});

async function callAs(token: string, path: string, init: RequestInit = {}): Promise<Response> {
  return fetch(`${portal.url}${path}`, { ...init, headers: { ...init.headers, authorization: `Bearer ${token}` } });
}

function json(body: object): RequestInit {
  return { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

async function answerOf<T>(response: Response): Promise<T> {
  expect(response.status).toBeLessThan(300);
  return (await response.json()) as T;
}

/**
 * Goes the way of a client of the Model Context Protocol: it registers itself, whoever has a token of a person says yes, it
 * fetches its own.
 */
async function tokenForClient(yesOf: string): Promise<string> {
  const registration = json({ client_name: 'An agent', redirect_uris: [redirectUri] });
  const { client_id: clientId } = await answerOf<{ client_id: string }>(
    await fetch(`${portal.url}/api/auth/v1/register`, registration),
  );
  const verifier = randomBytes(32).toString('base64url');
  const query = new URLSearchParams({
    ...{ client_id: clientId, redirect_uri: redirectUri, response_type: 'code', code_challenge_method: 'S256' },
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
  });
  const asked = await fetch(`${portal.url}/api/auth/v1/authorize?${query}`, { redirect: 'manual' });
  const session = new URL(asked.headers.get('location') ?? '').pathname.split('/').pop();
  const { redirectUrl } = await answerOf<{ redirectUrl: string }>(
    await callAs(yesOf, `/api/auth/v1/sessions/${session}/approve`, json({})),
  );
  const code = new URL(redirectUrl).searchParams.get('code');
  const order = { grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier: verifier };
  return (await answerOf<{ access_token: string }>(await fetch(`${portal.url}/api/auth/v1/token`, json(order))))
    .access_token;
}

describe('a client that signed in by OAuth', () => {
  const plan = json({ operation: 'rollouts-restart', entityRef });
  const call = (token: string, path: string, init: RequestInit) => callAs(token, `/api/operations/v1${path}`, init);

  it('is a tool in the door, by its tools and by its routes, and decides on nothing', async () => {
    const token = await tokenForClient(await portal.tokenOf('operator'));
    const client = new Client({ name: 'test', version: '1.0.0' });
    const requestInit = { headers: { authorization: `Bearer ${token}` } };
    await client.connect(
      new StreamableHTTPClientTransport(new URL(`${portal.url}/api/mcp-actions/v1`), { requestInit }),
    );
    const planned = await client.callTool({
      name: 'operations.rollouts-restart',
      arguments: { mode: 'plan', entityRef },
    });
    await client.close();
    expect(planned.isError).toBeFalsy();

    const { id: planId, mayBreakGlass } = await answerOf<{ id: string; mayBreakGlass: boolean }>(
      await call(token, '/plans', plan),
    );
    expect(mayBreakGlass).toBe(false);
    const order = json({ planId, reason: 'An agent asks', idempotencyKey: planId });
    const run = await answerOf<{ id: string; face: string; state: string }>(await call(token, '/runs', order));
    expect(run).toMatchObject({
      ...{ face: 'tool', state: 'awaiting-approval', requester: 'user:default/operator' },
      approval: { kind: 'confirmation' },
    });
    for (const [path, body] of [
      [`/runs/${run.id}/approve`, {}],
      [`/runs/${run.id}/reject`, { comment: 'x' }],
      [`/runs/${run.id}/break-glass`, { reason: 'x' }],
      ['/freezes', { scope: { cluster: 'homelab-k3s' }, reason: 'x', endsAt: '2999-01-01T00:00:00Z' }],
    ] as const) {
      expect((await call(token, path, json(body))).status).toBe(403);
    }
    const approved = await portal.fetchAs('operator', `/api/operations/v1/runs/${run.id}/approve`, json({}));
    expect(approved.status).toBe(200);
  });

  it('needs the yes of a person to what a template asks for that it started', async () => {
    const token = await tokenForClient(await portal.tokenOf('operator'));
    const task = {
      templateRef: 'template:default/roll-back-release',
      values: { first: entityRef, firstRevision: 1, reason: 'An agent asks' },
    };
    await answerOf(await callAs(token, '/api/scaffolder/v2/tasks', json(task)));
    const { items } = await eventually(
      async () =>
        answerOf<{ items: { id: string }[] }>(
          await portal.fetchAs('operator', '/api/operations/v1/runs?operation=rollouts-rollback'),
        ),
      list => list.items.length > 0,
    );
    expect(items).toMatchObject([{ face: 'template', state: 'awaiting-approval', approval: { kind: 'confirmation' } }]);
    const cancelled = await portal.fetchAs('operator', `/api/operations/v1/runs/${items[0].id}/cancel`, {
      method: 'POST',
    });
    expect(cancelled.status).toBe(200);
  });

  it('does not become a person by saying yes to another client', async () => {
    const first = await tokenForClient(await portal.tokenOf('operator'));
    const second = await tokenForClient(first);
    expect(second).not.toBe(first);
    const freeze = { scope: { cluster: 'homelab-k3s' }, reason: 'x', endsAt: '2999-01-01T00:00:00Z' };
    expect((await call(second, '/freezes', json(freeze))).status).toBe(403);
    const { id } = await answerOf<{ id: string }>(await call(second, '/plans', plan));
    const order = json({ planId: id, reason: 'x', idempotencyKey: id });
    expect(await answerOf(await call(second, '/runs', order))).toMatchObject({ face: 'tool' });
  });
});

it('people who sign in stay people', async () => {
  const planned = await portal.fetchAs(
    'operator',
    '/api/operations/v1/plans',
    json({ operation: 'rollouts-restart', entityRef }),
  );
  const { id: planId } = await answerOf<{ id: string }>(planned);
  const order = json({ planId, reason: 'A person asks', idempotencyKey: planId });
  const run = await answerOf<{ id: string }>(await portal.fetchAs('operator', '/api/operations/v1/runs', order));
  expect(run).toMatchObject({ face: 'portal' });
});
