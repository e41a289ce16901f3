import { randomUUID } from 'node:crypto';
import { signIn, type FaultEffect, type FaultPlan } from '@leitstand/homelab';
import { join } from 'node:path';
import { startPortal, type Portal } from './__testUtils__/startPortal';
import { until } from './__testUtils__/until';

/** Longer than every time limit of the portal. */
const neverMs = 600_000;
const proxyPage = '<!doctype html><title>Bad gateway</title><h1>secret-of-the-proxy</h1>';
const html = { 'content-type': 'text/html' };
const json = { 'content-type': 'application/json' };

const upstreams = ['kubernetes', 'bigquery', 'oidc', 'git'] as const;
type Upstream = (typeof upstreams)[number];
/** What a person is told, by upstream; `undefined` where an upstream is not asked. */
type Outcomes = Partial<Record<Upstream, string>>;

/** The text of every error and answer. */
const everythingSaid: string[] = [];
/** What tasks of templates wrote. Backstage's own action for Gitea repeats there whatever the git server answered. */
const taskLogs: string[] = [];

let portal: Portal;
let faults: Record<Upstream, FaultPlan>;
/** What was told while the sign-in provider was not there yet. */
const atStart: { signIn?: string; area?: object; status?: number } = {};
beforeAll(async () => {
  let refusal: AsyncDisposable | undefined;
  portal = await startPortal({
    templates: [join(__dirname, '__fixtures__/templates/service/template.yaml')],
    async beforeStart({ oidc: provider }) {
      refusal = await provider.faults.refuseConnections();
    },
  });
  const { status, area } = await askSignInHealth();
  Object.assign(atStart, { signIn: await questions.oidc(), status, area });
  await refusal?.[Symbol.asyncDispose]();
  const { cluster, warehouse, oidc, git } = portal;
  faults = { kubernetes: cluster.faults, bigquery: warehouse.faults, oidc: oidc.faults, git: git.faults };
  await until(async () =>
    Object.entries(await askAll()).every(([name, answer]) => answer === healthy[name as Upstream]),
  );
});
afterAll(async () => {
  await portal?.[Symbol.asyncDispose]();
});

const sendJson = (body: unknown) => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

/** What a reply says: its status, and of an error its code. */
async function summaryOf(response: Response): Promise<string> {
  const text = await response.text();
  everythingSaid.push(text);
  const { error } = JSON.parse(text) as { error?: { code?: string; name?: string } };
  return [response.status, error?.code ?? error?.name].filter(Boolean).join(' ');
}

/** One question that the portal can only answer by asking the upstream then and there. */
const questions: Record<Upstream, () => Promise<string>> = {
  kubernetes: async () => {
    const plan = { operation: 'rollouts-rollback', entityRef: 'component:default/todo-frontend', input: {} };
    return summaryOf(await portal.fetchAs('operator', '/api/operations/v1/plans', sendJson(plan)));
  },
  bigquery: async () => {
    const name = `never_seen_${randomUUID().slice(0, 8)}`; // what was never read cannot be stale
    return summaryOf(await portal.fetchAs('operator', `/api/ml-models/v1/models/homelab-lamp/weather/${name}`));
  },
  oidc: () =>
    signIn({ portalUrl: portal.url, user: 'operator' }).then(
      () => 'signed in',
      (error: Error) => {
        everythingSaid.push(error.message);
        return `refused: ${error.message}`;
      },
    ),
  git: async () => {
    const started = await startTask();
    return started instanceof Response ? summaryOf(started) : endOf(started);
  },
};

/** Starts a task that publishes a new repository. @returns its path, or the refusal */
async function startTask(): Promise<string | Response> {
  const repository = `r${randomUUID().slice(0, 8)}`;
  const values = { name: repository, repoUrl: `${new URL(portal.git.url).host}?owner=homelab&repo=${repository}` };
  const body = { templateRef: 'template:default/fixture-service', values };
  const started = await portal.fetchAs('operator', '/api/scaffolder/v2/tasks', sendJson(body));
  return started.ok ? `/api/scaffolder/v2/tasks/${((await started.json()) as { id: string }).id}` : started;
}

/** Waits for the end of a task. */
async function endOf(path: string): Promise<string> {
  let status = 'open';
  await until(async () => {
    ({ status } = (await (await portal.fetchAs('operator', path)).json()) as { status: string });
    return !['open', 'processing'].includes(status);
  });
  taskLogs.push(await (await portal.fetchAs('operator', `${path}/events`)).text());
  return status;
}

const healthy: Record<Upstream, string> = {
  kubernetes: '201',
  bigquery: '404 MODEL_NOT_FOUND',
  oidc: 'signed in',
  git: 'completed',
};

/** Asks several upstreams at once, as several people do. */
async function askAll(asked: readonly Upstream[] = upstreams): Promise<Outcomes> {
  const answers = await Promise.all(asked.map(async name => [name, await questions[name]()] as const));
  return Object.fromEntries(answers);
}

/** What readiness says, of the area of the sign-in and altogether. */
async function askSignInHealth() {
  const response = await fetch(`${portal.url}/.backstage/health/v1/readiness`);
  const { areas } = (await response.json()) as { areas: { area: string; state: string }[] };
  return { status: response.status, area: areas.find(({ area }) => area === 'sign-in') };
}

/** The portal's own: that it answers, that it is ready, and that what was read before is still there. */
async function askPortal() {
  const workloads = await portal.fetchAs('operator', '/api/rollouts/v1/workloads');
  return {
    readiness: (await fetch(`${portal.url}/.backstage/health/v1/readiness`)).status,
    catalog: (await portal.fetchAs('operator', '/api/catalog/entities?limit=1')).status,
    workloads: workloads.status,
    hasWorkloads: ((await workloads.json()) as { items: unknown[] }).items.length > 0,
  };
}

const signInRefused = expect.stringMatching(
  /^refused: Sign-in refused: The sign-in provider .* Try again in a moment\.$/,
);

/** What is told where every upstream has the same fault; `git` is asked by a template, which fails with it. */
function told(kubernetes: string, bigquery = kubernetes): Outcomes {
  return { kubernetes: `502 ${kubernetes}`, bigquery: `502 ${bigquery}`, oidc: signInRefused, git: 'failed' };
}

/** Every fault goes to all upstreams that the row names, at the same time. */
const table: [string, FaultEffect | 'refuse', Outcomes][] = [
  ['connections are refused', 'refuse', { ...told('UPSTREAM_UNREACHABLE'), oidc: 'refused: fetch failed' }],
  ['connections are cut', { action: 'reset' }, told('UPSTREAM_UNREACHABLE')],
  // A 404 is one even if its body is cut.
  [
    'bodies are cut',
    { action: 'reset', afterBytes: 20 },
    { kubernetes: '502 UPSTREAM_UNREACHABLE', bigquery: healthy.bigquery, oidc: signInRefused },
  ],
  ['status 401', { status: 401 }, told('UPSTREAM_UNAUTHENTICATED')],
  ['status 403', { status: 403 }, told('UPSTREAM_FORBIDDEN', 'UPSTREAM_THROTTLED')],
  ['status 404', { status: 404 }, { ...told('UPSTREAM_NOT_FOUND'), bigquery: healthy.bigquery }],
  [
    'status 429',
    { reply: { status: 429, headers: { ...json, 'retry-after': '1' }, body: '{}' } },
    told('UPSTREAM_THROTTLED'),
  ],
  ['status 500 with a page', { reply: { status: 500, headers: html, body: proxyPage } }, told('UPSTREAM_FAILED')],
  ['status 200 with a page', { reply: { headers: html, body: proxyPage } }, told('UPSTREAM_UNREADABLE')],
  ['garbage', { reply: { headers: json, body: '{"kind": [1, 2' } }, told('UPSTREAM_UNREADABLE')],
  [
    'JSON of something else',
    { reply: { headers: json, body: '{"fruits":["secret-of-the-proxy"]}' } },
    told('UPSTREAM_UNREADABLE'),
  ],
  // The longest limits are of 30 s: BigQuery's, and that of Backstage's action for Gitea.
  [
    'no answer',
    { delayMs: neverMs },
    { kubernetes: '504 UPSTREAM_TIMEOUT', bigquery: '504 UPSTREAM_TIMEOUT', oidc: signInRefused, git: 'failed' },
  ],
  ['an answer byte by byte', { dripMs: neverMs }, { kubernetes: '504 UPSTREAM_TIMEOUT', oidc: signInRefused }],
];

/** Inflicts a fault until the returned handle is disposed of. */
async function inflict(effect: FaultEffect | 'refuse', names: Upstream[]): Promise<AsyncDisposable> {
  const stack = new AsyncDisposableStack();
  for (const name of names) {
    if (effect === 'refuse') stack.use(await faults[name].refuseConnections());
    // A person's browser talks to the provider itself; only what the portal asks of it goes wrong.
    else stack.use(faults[name].always({ path: name === 'oidc' ? '/token' : '*' }, effect));
  }
  return stack;
}

/** What is told, and whether the rest of the portal goes on, while a fault is in force. */
async function askDuring(effect: FaultEffect | 'refuse', asked: Upstream[]) {
  await using _ = await inflict(effect, asked);
  return { said: await askAll(asked), others: await askPortal() };
}

describe('a sign-in provider that is not there when the portal starts', () => {
  it('keeps nothing else from working, is told by readiness and to whoever signs in, and is found when it comes', async () => {
    expect(atStart).toEqual({
      status: 200,
      area: {
        ...{ area: 'sign-in', state: 'down', reason: 'upstreams-failing' },
        ...{ isRequired: false, since: expect.any(String) },
      },
      signIn: expect.stringContaining('The sign-in page answered 502'),
    });
    // In the message to the page that opened the popup.
    const failure = {
      name: 'UpstreamError',
      message: 'The sign-in provider cannot be reached. Try again in a moment.',
    };
    const message = { type: 'authorization_response', error: { ...failure, code: 'UPSTREAM_UNREACHABLE' } };
    expect(atStart.signIn).toContain(`'${encodeURIComponent(JSON.stringify(message))}'`);
    expect(await questions.oidc()).toBe('signed in');
    expect(await askSignInHealth()).toMatchObject({ status: 200, area: { state: 'up' } });
  });
});

describe('upstream faults', () => {
  it.each(table)(
    '%s: a typed error for those who ask, the rest goes on, and it mends by itself',
    async (_, effect, row) => {
      const asked = upstreams.filter(name => row[name] !== undefined);
      const { said, others } = await askDuring(effect, asked);
      expect(said).toEqual(row);
      expect(others).toEqual({ readiness: 200, workloads: 200, catalog: 200, hasWorkloads: true });
      expect(everythingSaid.filter(text => text.includes('secret-of-the-proxy'))).toEqual([]);
      const { git, oidc, warehouse, cluster } = portal;
      const secrets = [git.token, oidc.clientSecret, ...Object.values({ ...warehouse.tokens, ...cluster.tokens })];
      const everything = [...everythingSaid, ...taskLogs].join();
      expect(secrets.filter(secret => everything.includes(secret))).toEqual([]);
      await until(async () =>
        Object.entries(await askAll(asked)).every(([name, answer]) => answer === healthy[name as Upstream]),
      );
    },
  );

  // Backstage pushes six times in 66 s before a task fails.
  it('bodies of git are cut: a task tries again, and completes when git is back, byte by byte', async () => {
    const { git } = portal;
    const pushCount = () => git.journal.count(({ path, status }) => path.endsWith('/info/refs') && status === 200);
    const before = pushCount();
    const fault = git.faults.always({ path: '*' }, { action: 'reset', afterBytes: 20 });
    const task = await startTask();
    await until(async () => pushCount() >= before + 2);
    expect((await askPortal()).readiness).toBe(200);
    fault[Symbol.dispose]();
    using _slow = git.faults.always({ path: '*' }, { dripMs: 2 });
    expect(await endOf(String(task))).toBe('completed');
    expect(taskLogs.at(-1)).toContain('Git push failed (attempt 2/6)');
  });
});
