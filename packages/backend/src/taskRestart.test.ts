import { signIn, startKubernetesHomelab, startOidcHomelab } from '@leitstand/homelab';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { PortalProcess } from './__testUtils__/PortalProcess';
import { findFreePort } from './__testUtils__/findFreePort';
import { until } from './__testUtils__/until';

const organization = resolve(__dirname, '../../../homelab/catalog/organization.yaml');
const entityRef = 'component:default/todo-frontend';
const template = {
  apiVersion: 'scaffolder.backstage.io/v1beta3',
  kind: 'Template',
  metadata: { name: 'restart-frontend' },
  spec: {
    ...{ owner: 'group:default/todo-team', type: 'operation', parameters: [] },
    steps: [
      {
        ...{ id: 'restart', name: 'Restart', action: 'operations:run' },
        input: { operation: 'rollouts-restart', entityRef, reason: 'A template asks' },
      },
    ],
  },
};

/** A cluster, people and a template, and the configuration of a server in front of them. */
async function prepare(stack: AsyncDisposableStack) {
  const port = await findFreePort();
  const url = `http://localhost:${port}`;
  const state = await mkdtemp(join(tmpdir(), 'leitstand-task-'));
  stack.defer(() => rm(state, { recursive: true, force: true }));
  const cluster = stack.use(await startKubernetesHomelab());
  const { metadataUrl, clientId, clientSecret } = stack.use(await startOidcHomelab({ portalUrl: url }));
  const file = join(state, 'template.yaml');
  await writeFile(file, JSON.stringify(template));
  const group = 'group:default/todo-team';
  const config = {
    auth: {
      ...{ environment: 'homelab', session: { secret: 'of this trial only' } },
      providers: {
        oidc: {
          homelab: {
            ...{ metadataUrl, clientId, clientSecret, prompt: 'auto', additionalScopes: ['offline_access'] },
            signIn: { resolvers: [{ resolver: 'emailMatchingUserEntityProfileEmail' }] },
          },
        },
      },
    },
    catalog: {
      locations: [
        { type: 'file', target: organization, rules: [{ allow: ['User', 'Group'] }] },
        { type: 'file', target: file, rules: [{ allow: ['Template'] }] },
      ],
    },
    permission: {
      leitstand: {
        roles: [
          { role: 'admin', groups: ['group:default/platform-team'] },
          { role: 'operator', groups: [group] },
        ],
      },
    },
    leitstand: { ownership: [{ group, kubernetes: [{ cluster: 'homelab-k3s', namespaces: ['microservices'] }] }] },
    kubernetes: {
      serviceLocatorMethod: { type: 'multiTenant' },
      clusterLocatorMethods: [
        {
          type: 'config',
          clusters: [
            {
              ...{ name: 'homelab-k3s', url: cluster.url, authProvider: 'serviceAccount' },
              ...{ serviceAccountToken: cluster.tokens.reader, skipTLSVerify: true },
            },
          ],
        },
      ],
    },
    operations: {
      approvals: [{ approvers: ['group:default/platform-team'] }],
      upstreams: {
        kubernetes: { clusters: [{ name: 'homelab-k3s', serviceAccountToken: cluster.tokens.operator }] },
      },
    },
    scaffolder: { taskRecovery: { staleTimeout: { seconds: 3 } } },
  };
  return { url, cluster, options: { port, state, config } };
}

it('a task that waits for a yes outlives the server: the next one goes on with the same run', async () => {
  await using stack = new AsyncDisposableStack();
  const { url, cluster, options } = await prepare(stack);
  const callAs = async <T>(user: string, path: string, body?: object): Promise<T | undefined> => {
    const token = await signIn({ portalUrl: url, user }).catch(() => undefined);
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const init = body && { method: 'POST', body: JSON.stringify(body) };
    const response = await fetch(`${url}/api/${path}`, { ...init, headers });
    return response.ok ? ((await response.json()) as T) : undefined;
  };
  const isInCatalog = (ref: string) => async () =>
    (await callAs('operator', `catalog/entities/by-name/${ref.replace(':', '/')}`)) !== undefined;
  const listRuns = async () =>
    (await callAs<{ items: { id: string; state: string }[] }>('admin', 'operations/v1/runs'))?.items ?? [];

  const first = stack.use(await PortalProcess.start(options));
  await until(isInCatalog(entityRef));
  await until(isInCatalog('template:default/restart-frontend'));
  const order = { templateRef: 'template:default/restart-frontend', values: {} };
  const task = await callAs<{ id: string }>('operator', 'scaffolder/v2/tasks', order);
  await until(async () => (await listRuns()).some(({ state }) => state === 'awaiting-approval'));
  await first.kill();

  stack.use(await PortalProcess.start(options));
  await until(async () => (await listRuns()).length > 0);
  const [{ id, state }, ...others] = await listRuns();
  expect([state, others]).toEqual(['awaiting-approval', []]);
  const statusOf = async () =>
    (await callAs<{ status: string }>('operator', `scaffolder/v2/tasks/${task?.id}`))?.status;
  const goesOn = async () => ['open', 'processing'].includes((await statusOf()) ?? 'open'); // open while it is taken up
  expect(await goesOn()).toBe(true);
  expect(await callAs('admin', `operations/v1/runs/${id}/approve`, {})).toBeDefined();
  await until(async () => !(await goesOn()));
  expect(await statusOf()).toBe('completed');
  expect(await listRuns()).toMatchObject([{ id, state: 'succeeded', face: 'template' }]);
  const changes = cluster.journal.filter(
    ({ method, path }) => method === 'PATCH' && path.endsWith('/deployments/frontend'),
  );
  expect(changes).toHaveLength(2); // the plan's dry run and the run's change
});
