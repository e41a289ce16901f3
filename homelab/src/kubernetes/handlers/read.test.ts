import { ask, clientsFor } from '../__testUtils__/cluster';
import { startKubernetesHomelab, type KubernetesHomelab } from '../startKubernetesHomelab';

const accounts = '/api/v1/namespaces/default/serviceaccounts';

interface ListBody {
  metadata: { resourceVersion: string; continue?: string; remainingItemCount?: number };
  items: { metadata: { name: string } }[];
}

function addAccount(cluster: KubernetesHomelab, name: string, labels: Record<string, string> = {}) {
  return cluster.objects.create({
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name, namespace: 'default', labels },
  });
}

async function list(cluster: KubernetesHomelab, query: string) {
  const { status, body } = await ask(cluster, `${accounts}?${query}`);
  expect(status).toBe(200);
  const { metadata, items } = body as unknown as ListBody;
  return { metadata, names: items.map(item => item.metadata.name) };
}

describe('discovery', () => {
  it('names the kinds, their verbs and subresources to the official client', async () => {
    await using cluster = await startKubernetesHomelab();
    const { objects, core, apps } = await clientsFor(cluster, 'reader');
    const read = await objects.read({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'frontend', namespace: 'microservices' },
    });
    expect(read.metadata?.name).toBe('frontend');
    const names = (await core.getAPIResources()).resources.map(resource => resource.name);
    expect(names).toEqual(expect.arrayContaining(['pods', 'pods/log', 'nodes', 'namespaces', 'events']));
    const scale = (await apps.getAPIResources()).resources.find(resource => resource.name === 'deployments/scale');
    expect(scale).toMatchObject({ kind: 'Scale', group: 'autoscaling', verbs: ['get', 'patch', 'update'] });
    expect((await ask(cluster, '/version')).body.gitVersion).toMatch(/^v1\.32\.\d+\+k3s1$/);
    expect((await ask(cluster, '/readyz')).body).toEqual({ text: 'ok' });
    const groups = (await ask(cluster, '/apis')).body.groups as { preferredVersion: { groupVersion: string } }[];
    expect(groups.map(group => group.preferredVersion.groupVersion)).toEqual([
      'apps/v1',
      'batch/v1',
      'autoscaling/v2',
      'networking.k8s.io/v1',
      'policy/v1',
      'rbac.authorization.k8s.io/v1',
      'discovery.k8s.io/v1',
      'apiextensions.k8s.io/v1',
      'metrics.k8s.io/v1beta1',
      'authentication.k8s.io/v1',
      'authorization.k8s.io/v1',
    ]);
  });

  it('answers plain JSON to whoever can read it, and 406 to the others', async () => {
    await using cluster = await startKubernetesHomelab({ seed: 'empty' });
    const accept = async (text: string) => (await ask(cluster, '/api/v1/pods', { headers: { accept: text } })).status;
    expect(await accept('application/json;as=Table;v=v1;g=meta.k8s.io,application/json')).toBe(200);
    expect(await accept('application/vnd.kubernetes.protobuf, */*;q=0.1')).toBe(200);
    expect(await accept('application/json;as=Table;v=v1;g=meta.k8s.io')).toBe(406);
    expect(await accept('application/vnd.kubernetes.protobuf')).toBe(406);
  });

  it('refuses what is not modelled, loudly, and says so in the journal', async () => {
    await using cluster = await startKubernetesHomelab();
    const pod = cluster.objects.list('Pod', 'microservices')[0].metadata.name;
    for (const path of [
      '/apis/storage.k8s.io/v1/storageclasses',
      '/api/v1/persistentvolumes',
      '/openapi/v2',
      '/metrics',
    ]) {
      expect(await ask(cluster, path)).toMatchObject({ status: 404, body: { reason: 'NotFound', code: 404 } });
    }
    for (const path of [`pods/${pod}/exec`, `pods/${pod}/attach`]) {
      expect(await ask(cluster, `/api/v1/namespaces/microservices/${path}`)).toMatchObject({
        status: 501,
        body: { kind: 'Status', reason: 'NotImplemented' },
      });
    }
    expect(cluster.journal.filter(entry => entry.refusal !== undefined).map(entry => entry.refusal)).toEqual([
      'the homelab does not model the subresource pods/exec',
      'the homelab does not model the subresource pods/attach',
    ]);
  });
});

describe('get and list', () => {
  it('words an absent object as Kubernetes does', async () => {
    await using cluster = await startKubernetesHomelab();
    const { apps } = await clientsFor(cluster);
    await expect(apps.readNamespacedDeployment({ namespace: 'microservices', name: 'nobody' })).rejects.toMatchObject({
      code: 404,
      body: expect.stringContaining('deployments.apps \\"nobody\\" not found'),
    });
  });

  it.each([
    ['labelSelector=app=a', ['one', 'two']],
    ['labelSelector=app%3D%3Da,tier!%3Dweb', ['two']],
    ['labelSelector=app+in+(b,c)', ['three']],
    ['labelSelector=app+notin+(a)', ['four', 'three']],
    ['labelSelector=tier', ['one']],
    ['labelSelector=!app', ['four']],
    ['fieldSelector=metadata.name%3Dtwo', ['two']],
    ['fieldSelector=metadata.name!%3Dtwo&labelSelector=app', ['one', 'three']],
  ])('selects by %s', async (query, names) => {
    await using cluster = await startKubernetesHomelab({ seed: 'empty' });
    addAccount(cluster, 'one', { app: 'a', tier: 'web' });
    addAccount(cluster, 'two', { app: 'a' });
    addAccount(cluster, 'three', { app: 'b' });
    addAccount(cluster, 'four');
    expect((await list(cluster, query)).names).toEqual(names);
  });

  it('refuses selectors that it does not understand', async () => {
    await using cluster = await startKubernetesHomelab({ seed: 'empty' });
    expect(await ask(cluster, `${accounts}?labelSelector=a%20b`)).toMatchObject({ status: 400 });
    expect(await ask(cluster, `${accounts}?fieldSelector=spec.colour%3Dred`)).toMatchObject({
      status: 400,
      body: { message: 'field label not supported: spec.colour' },
    });
  });

  it('pages through one consistent state, whatever happens in between', async () => {
    await using cluster = await startKubernetesHomelab({ seed: 'empty' });
    for (const name of ['a', 'b', 'c', 'd', 'e']) addAccount(cluster, name);
    const first = await list(cluster, 'limit=2');
    expect(first).toMatchObject({ names: ['a', 'b'], metadata: { remainingItemCount: 3 } });
    cluster.objects.delete('ServiceAccount', 'default', 'd');
    addAccount(cluster, 'bb');
    const second = await list(cluster, `limit=2&continue=${first.metadata.continue}`);
    expect(second).toMatchObject({ names: ['c', 'd'], metadata: { resourceVersion: first.metadata.resourceVersion } });
    const third = await list(cluster, `limit=2&continue=${second.metadata.continue}`);
    expect(third.names).toEqual(['e']);
    expect(third.metadata.continue).toBeUndefined();
    expect((await list(cluster, '')).names).toEqual(['a', 'b', 'bb', 'c', 'e']);
  });

  it('answers 410 for an expired continue token, with another token for the rest', async () => {
    await using cluster = await startKubernetesHomelab({ seed: 'empty' });
    for (const name of ['a', 'b', 'c']) addAccount(cluster, name);
    const first = await list(cluster, 'limit=1');
    cluster.objects.delete('ServiceAccount', 'default', 'c');
    cluster.compact();
    const refused = await ask(cluster, `${accounts}?limit=1&continue=${first.metadata.continue}`);
    expect(refused).toMatchObject({ status: 410, body: { reason: 'Expired', code: 410 } });
    const { metadata } = refused.body as unknown as ListBody;
    expect((await list(cluster, `continue=${metadata.continue}`)).names).toEqual(['b']);
    expect(await ask(cluster, `${accounts}?continue=nonsense`)).toMatchObject({ status: 400 });
  });

  it('reads the state of an exact version, and none that is still to come', async () => {
    await using cluster = await startKubernetesHomelab({ seed: 'empty' });
    addAccount(cluster, 'a');
    const version = cluster.resourceVersion;
    addAccount(cluster, 'b');
    expect((await list(cluster, `resourceVersion=${version}&resourceVersionMatch=Exact`)).names).toEqual(['a']);
    expect(await ask(cluster, `${accounts}?resourceVersion=${version + 100}`)).toMatchObject({
      status: 504,
      body: { reason: 'Timeout', details: { causes: [{ reason: 'ResourceVersionTooLarge' }] } },
    });
  });
});

describe('logs', () => {
  it('gives a running container its lines, and says why a waiting one has none', async () => {
    await using cluster = await startKubernetesHomelab();
    const { core } = await clientsFor(cluster, 'reader');
    const pods = cluster.objects.list('Pod', 'microservices');
    const running = pods.find(pod => pod.status.phase === 'Running')?.metadata.name ?? '';
    const waiting = pods.find(pod => pod.status.phase === 'Pending')?.metadata.name ?? '';
    const namespace = 'microservices';
    expect(await core.readNamespacedPodLog({ namespace, name: running, tailLines: 1 })).toMatch(/^GET \/\w+ .*\n$/);
    await expect(core.readNamespacedPodLog({ namespace, name: waiting })).rejects.toMatchObject({
      code: 400,
      body: expect.stringContaining('is waiting to start: trying and failing to pull image'),
    });
  });

  it('gives an empty one where no node has room for the pod', async () => {
    await using cluster = await startKubernetesHomelab();
    const { core } = await clientsFor(cluster, 'reader');
    for (const node of cluster.objects.list('Node')) {
      cluster.objects.replace({ ...node, spec: { ...node.spec, unschedulable: true } });
    }
    const metadata = { name: 'waiting', namespace: 'microservices' };
    cluster.objects.create({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata,
      spec: { containers: [{ name: 'main', image: 'x' }] },
    } as never);
    expect(await core.readNamespacedPodLog(metadata)).toBeFalsy();
  });
});
