import { mockCredentials, mockServices, startTestBackend } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { startKubernetesHomelab, type Deployment, type KubernetesHomelab } from '@leitstand/homelab';
import { codeOf, eventually } from '@leitstand/plugin-kit-node/testUtils';
// eslint-disable-next-line @backstage/no-mixed-plugin-imports -- the operation is tested behind the real door
import operationsPlugin from '@leitstand/plugin-operations-backend/plugin';
import { isFinished, OperationsClient, type Run } from '@leitstand/plugin-operations-common';
import { clusterConfigOf, portalConfigOf } from '../__testUtils__/homelabConfig';
import operationsModule from './module';

function componentOf(name: string, annotations: Record<string, string>, owner = 'todo-team'): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name, namespace: 'default', annotations },
    spec: { type: 'service', lifecycle: 'production', owner },
  };
}

function workloadAnnotations(name: string, namespace = 'microservices', cluster = 'homelab-k3s') {
  return {
    'backstage.io/kubernetes-cluster': cluster,
    'backstage.io/kubernetes-namespace': namespace,
    'backstage.io/kubernetes-id': name,
  };
}

const backendEntity = 'component:default/homelab-k3s.microservices.backend';
const entities = [
  componentOf('homelab-k3s.microservices.backend', workloadAnnotations('backend')),
  componentOf('todo-frontend', workloadAnnotations('frontend')),
  componentOf('gone', workloadAnnotations('gone')),
  componentOf('elsewhere', workloadAnnotations('backend', 'microservices', 'second')),
  componentOf('impostor', workloadAnnotations('backend'), 'nutrition-team'),
  componentOf('plain', {}),
];

async function startDoor(homelab: KubernetesHomelab, options: { token?: string } = {}) {
  const clusters = [clusterConfigOf(homelab), clusterConfigOf(homelab, { name: 'second' })];
  const data = portalConfigOf(clusters, [{ name: 'homelab-k3s', token: options.token ?? homelab.tokens.operator }]);
  const allow = async (requests: unknown[]) => requests.map(() => ({ result: AuthorizeResult.ALLOW }));
  const backend = await startTestBackend({
    features: [
      operationsPlugin,
      operationsModule,
      mockServices.rootConfig.factory({ data }),
      catalogServiceMock.factory({ entities }),
      mockServices.permissions.mock({ authorize: allow as never, authorizeConditional: allow as never }).factory,
    ],
  });
  const client = new OperationsClient({
    discoveryApi: { getBaseUrl: async () => `http://localhost:${backend.server.port()}/api/operations` },
    fetchApi: {
      fetch: (input, init) =>
        fetch(input, { ...init, headers: { ...init?.headers, Authorization: mockCredentials.user.header() } }),
    },
  });
  return {
    client,
    plan: (entityRef = backendEntity, input: object = {}) =>
      client.plan({ operation: 'rollouts-rollback', entityRef, input: { ...input } }),
    async run(planId: string, reason?: string): Promise<Run> {
      const { id } = await client.run({ planId, reason, idempotencyKey: planId });
      return eventually(
        () => client.getRun(id),
        run => isFinished(run.state),
      );
    },
    [Symbol.asyncDispose]: () => backend.stop(),
  };
}

function edit(homelab: KubernetesHomelab, name: string, change: (deployment: Deployment) => void): void {
  const deployment = structuredClone(homelab.objects.get('Deployment', 'microservices', name)!);
  change(deployment);
  homelab.objects.replace({ ...deployment, status: undefined });
}

const requestsOf = (homelab: KubernetesHomelab) =>
  homelab.journal
    .filter(({ query }) => query.watch === undefined)
    .map(({ method, path, query }) =>
      [method, path.split('/').slice(5).join('/'), ...(query.dryRun ? ['dry'] : [])].join(' '),
    );

let homelab: KubernetesHomelab;
beforeEach(async () => {
  homelab = await startKubernetesHomelab({ podStartMs: 50 });
});
afterEach(() => homelab.close());

describe('rollouts-rollback', () => {
  it('plans with three requests, changing nothing', async () => {
    await using door = await startDoor(homelab);
    const version = homelab.objects.get('Deployment', 'microservices', 'backend')!.metadata.generation;
    homelab.journal.clear();
    const plan = await door.plan();
    expect(requestsOf(homelab)).toEqual([
      'GET microservices/deployments/backend',
      'GET microservices/replicasets',
      'PATCH microservices/deployments/backend dry',
    ]);
    expect(homelab.objects.get('Deployment', 'microservices', 'backend')!.metadata.generation).toBe(version);
    expect(plan).toMatchObject({
      title: 'Roll back',
      summary: 'Roll back backend from revision 4 to revision 3',
      target: {
        system: 'homelab-k3s',
        cluster: 'homelab-k3s',
        namespace: 'microservices',
        kind: 'Deployment',
        name: 'backend',
      },
      changes: [
        {
          label: 'image of container backend',
          before: expect.stringMatching(/:v1\.6\.0$/),
          after: expect.stringMatching(/:v1\.5\.2$/),
        },
        { label: 'label app.kubernetes.io/version of the pods', before: 'v1.6.0', after: 'v1.5.2' },
      ],
      undo: { isPossible: true, note: expect.stringContaining('revision 4') },
      warnings: [
        { severity: 'warning', message: expect.stringContaining('Helm delivers this Deployment') },
        { severity: 'info', message: 'The number of replicas stays as it is (2).' },
      ],
    });
    expect(plan.documents[0].before).toContain('v1.6.0');
    expect(plan.documents[0].after).toContain('v1.5.2');
    expect(plan.documents[0].after).not.toContain('pod-template-hash');
  });

  it('rolls back with three requests and follows until it runs', async () => {
    await using door = await startDoor(homelab);
    const plan = await door.plan();
    homelab.journal.clear();
    const run = await door.run(plan.id, 'the image does not exist');
    expect(run).toMatchObject({
      state: 'succeeded',
      result: 'backend runs revision 5: 2 of 2 replicas are available.',
      steps: [
        { key: 'patch', state: 'done' },
        { key: 'follow', state: 'done' },
      ],
    });
    const requests = requestsOf(homelab);
    expect(requests.indexOf('PATCH microservices/deployments/backend')).toBeLessThanOrEqual(3);
    expect(requests.slice(0, 3).sort()).toEqual([
      'GET microservices/deployments/backend',
      expect.stringMatching(/^GET microservices\/replicasets\/backend-/),
      'PATCH microservices/deployments/backend',
    ]);
    const { metadata, spec } = homelab.objects.get('Deployment', 'microservices', 'backend')!;
    expect(spec.template.spec.containers[0].image).toMatch(/:v1\.5\.2$/);
    expect(spec.replicas).toBe(2);
    expect(metadata.annotations).toMatchObject({
      'deployment.kubernetes.io/revision': '5',
      'kubernetes.io/change-cause': `rolled back to revision 3 by user:default/mock: the image does not exist (run ${run.id})`,
    });
    expect(metadata.managedFields?.some(({ manager }) => manager === 'leitstand')).toBe(true);
    await eventually(
      () => homelab.openWatchCount,
      count => count === 0,
    );
  });

  it('goes to a given revision, and shows a progress that fails', async () => {
    edit(homelab, 'backend', deployment => {
      deployment.spec.progressDeadlineSeconds = 1;
      deployment.spec.template.spec.containers[0].image = 'ghcr.io/timfbr03/cloud-computing-dski/backend:v1.5.2';
    });
    await eventually(
      () => homelab.objects.get('Deployment', 'microservices', 'backend')!,
      ({ status }) => status?.updatedReplicas === 2 && status?.availableReplicas === 2 && status?.replicas === 2,
    );
    await using door = await startDoor(homelab);
    const plan = await door.plan(backendEntity, { toRevision: 4 });
    const run = await door.run(plan.id);
    expect(run).toMatchObject({
      state: 'failed',
      error: { code: 'ROLLOUT_FAILED', message: expect.stringContaining('made no progress') },
      steps: [
        { key: 'patch', state: 'done' },
        { key: 'follow', state: 'failed', progress: '1 of 2 new replicas are started' },
      ],
    });
  });

  it('takes itself back through the door', async () => {
    await using door = await startDoor(homelab);
    const run = await door.run((await door.plan()).id);
    const undo = await door.client.planUndo(run.id);
    expect(undo).toMatchObject({ summary: 'Roll back backend from revision 5 to revision 4', undoes: run.id });
    const { planId } = await door.client.run({ planId: undo.id, idempotencyKey: 'undo' });
    expect(planId).toBe(undo.id);
    await eventually(
      () => homelab.objects.get('Deployment', 'microservices', 'backend')!.spec.template.spec.containers[0].image,
      image => image?.endsWith(':v1.6.0') === true,
    );
  });

  it('refuses what kubectl refuses', async () => {
    await using door = await startDoor(homelab);
    expect(await codeOf(door.plan(backendEntity, { toRevision: 99 }))).toBe('REVISION_NOT_FOUND');
    expect(await codeOf(door.plan(backendEntity, { toRevision: 4 }))).toBe('NOTHING_TO_CHANGE');
    edit(homelab, 'backend', deployment => {
      deployment.spec.paused = true;
    });
    expect(await codeOf(door.plan())).toBe('ROLLOUT_PAUSED');
    expect(await codeOf(door.plan('component:default/gone'))).toBe('UPSTREAM_NOT_FOUND');
    expect(await codeOf(door.plan('component:default/plain'))).toBe('OPERATION_NOT_APPLICABLE');
    expect(homelab.journal.count(({ method, query }) => method === 'PATCH' && !query.dryRun)).toBe(0);
  });

  it('is stale when the workload was changed, or made anew, since the plan', async () => {
    await using door = await startDoor(homelab);
    const changed = await door.plan();
    edit(homelab, 'backend', deployment => {
      deployment.spec.replicas = 3;
    });
    expect(await door.run(changed.id)).toMatchObject({ state: 'failed', error: { code: 'PLAN_STALE' } });

    const claimed = await door.plan();
    edit(homelab, 'backend', deployment => {
      deployment.metadata.annotations = {
        ...deployment.metadata.annotations,
        'leitstand.io/entity-ref': 'component:default/somebody-else',
      };
    });
    expect(await door.run(claimed.id)).toMatchObject({
      state: 'failed',
      error: { code: 'PLAN_STALE', message: expect.stringContaining('another entity') },
    });

    const gone = await door.plan('component:default/todo-frontend');
    homelab.objects.delete('Deployment', 'microservices', 'frontend');
    expect(await door.run(gone.id)).toMatchObject({ state: 'failed', error: { code: 'PLAN_STALE' } });
    expect(homelab.journal.count(({ method, query }) => method === 'PATCH' && !query.dryRun)).toBe(0);
  });

  it('reads again and retries when the object moves between reading and patching', async () => {
    await using door = await startDoor(homelab);
    const plan = await door.plan();
    homelab.faults.next({ path: '*/deployments/backend', method: 'PATCH' }, { delayMs: 300 });
    const running = door.run(plan.id);
    await eventually(
      () => homelab.journal.count(({ method, query }) => method === 'PATCH' && !query.dryRun),
      count => count === 1,
    );
    edit(homelab, 'backend', deployment => {
      deployment.metadata.labels = { ...deployment.metadata.labels, touched: 'yes' };
    });
    expect(await running).toMatchObject({ state: 'succeeded' });
    expect(homelab.journal.count(({ method, query }) => method === 'PATCH' && !query.dryRun)).toBe(2);
    expect(homelab.objects.get('Deployment', 'microservices', 'backend')!.metadata.labels).toMatchObject({
      touched: 'yes',
    });
  });

  // 401 and 403: an API server that has just started knows neither tokens nor roles.
  it.each([503, 401, 403])('sits answers of %s out while it follows', async status => {
    await using door = await startDoor(homelab);
    const plan = await door.plan();
    const place = { method: 'GET', path: '*/deployments/backend' };
    let outage: Disposable | undefined;
    using _ = homelab.objects.onChange(({ kind }) => {
      if (kind === 'Deployment') outage ??= homelab.faults.always(place, { status });
    });
    const running = door.run(plan.id);
    await eventually(
      () => homelab.journal.count(entry => entry.status === status),
      count => count > 0,
    );
    outage?.[Symbol.dispose]();
    expect(await running).toMatchObject({ state: 'succeeded' });
  });

  it('says why it is not available', async () => {
    await using door = await startDoor(homelab);
    const refusalOf = async (entityRef: string) => (await door.client.listAvailable(entityRef))[0]?.refusal;
    homelab.journal.clear();
    const available = await door.client.listAvailable(backendEntity);
    expect(available.map(({ operation, isAvailable }) => `${operation} ${isAvailable}`)).toEqual([
      'rollouts-rollback true',
      'rollouts-restart true',
      'rollouts-scale true',
      'rollouts-set-image true',
      'rollouts-pause true',
      'rollouts-resume true',
      'rollouts-delete-pod true',
    ]);
    // The cluster is asked once for all of them.
    expect(requestsOf(homelab)).toEqual(['GET microservices/deployments/backend']);
    expect(await refusalOf('component:default/elsewhere')).toMatchObject({
      code: 'CLUSTER_NOT_WRITABLE',
      message: expect.stringContaining('operations.upstreams.kubernetes.clusters'),
    });
    expect(await refusalOf('component:default/impostor')).toMatchObject({ code: 'OWNERSHIP_NOT_CONFIRMED' });
    homelab.faults.always({ path: '*' }, { status: 503 });
    expect(await refusalOf(backendEntity)).toMatchObject({ code: 'UPSTREAM_FAILED' });
  });

  it('uses the write credentials, and says which right they lack', async () => {
    await using door = await startDoor(homelab, { token: homelab.tokens.reader });
    await expect(door.plan()).rejects.toMatchObject({
      message: expect.stringContaining('502'),
      body: {
        error: { code: 'UPSTREAM_FORBIDDEN', message: expect.stringContaining('the verb "patch" on "deployments"') },
      },
    });
  });
});
