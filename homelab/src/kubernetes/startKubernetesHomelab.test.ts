import { createRandom, ManualClock } from '../core';
import { ask, clientsFor, eventually } from './__testUtils__/cluster';
import { startKubernetesHomelab } from './startKubernetesHomelab';

const backend = '/apis/apps/v1/namespaces/microservices/deployments/backend';

describe('the seed todo-app', () => {
  it('tells of a backend that is stuck on its fourth revision while the third one serves', async () => {
    await using cluster = await startKubernetesHomelab();
    const deployment = cluster.objects.get('Deployment', 'microservices', 'backend');
    expect(deployment?.metadata.annotations).toEqual({
      'kubernetes.io/change-cause': 'deploy v1.6.0',
      'deployment.kubernetes.io/revision': '4',
    });
    expect(deployment?.status).toMatchObject({
      replicas: 3,
      updatedReplicas: 1,
      readyReplicas: 2,
      availableReplicas: 2,
    });
    expect(deployment?.status?.conditions?.map(({ type, status, reason }) => ({ type, status, reason }))).toEqual([
      { type: 'Available', status: 'True', reason: 'MinimumReplicasAvailable' },
      { type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded' },
    ]);
    const pods = cluster.objects.list('Pod', 'microservices').filter(pod => pod.metadata.labels?.app === 'backend');
    expect(pods.map(pod => pod.status.containerStatuses?.[0].state.waiting?.reason)).toEqual([
      undefined,
      undefined,
      'ImagePullBackOff',
    ]);
    const events = cluster.objects.list('Event', 'microservices').map(event => event.reason);
    expect(events).toEqual(expect.arrayContaining(['ScalingReplicaSet', 'Scheduled', 'Pulling', 'Failed', 'BackOff']));
  });

  it('has healthy neighbours, of which only the frontend names its entity', async () => {
    await using cluster = await startKubernetesHomelab();
    const named = cluster.objects.list('Deployment').map(({ metadata, status }) => ({
      name: `${metadata.namespace}/${metadata.name}`,
      entity: metadata.annotations?.['leitstand.io/entity-ref'],
      revision: metadata.annotations?.['deployment.kubernetes.io/revision'],
      available: status?.availableReplicas,
    }));
    expect(named).toEqual([
      { name: 'caloguessr/caloguessr', entity: undefined, revision: '2', available: 2 },
      { name: 'microservices/backend', entity: undefined, revision: '4', available: 2 },
      { name: 'microservices/frontend', entity: 'component:default/todo-frontend', revision: '2', available: 2 },
    ]);
    expect(cluster.objects.list('Node').map(node => node.metadata.name)).toEqual([
      'k3s-5f2a91c3-server',
      'k3s-5f2a91c3-agent-1',
      'k3s-5f2a91c3-agent-2',
    ]);
  });

  it('is the same for the same seed of randomness and time', async () => {
    const options = () => ({ clock: new ManualClock(), random: createRandom(7) });
    await using one = await startKubernetesHomelab(options());
    await using other = await startKubernetesHomelab(options());
    expect(one.snapshot()).toEqual(other.snapshot());
    expect(one.tokens).toEqual(other.tokens);
  });
});

describe('a homelab cluster', () => {
  it('goes on from its snapshot, with uids and resource versions', async () => {
    await using first = await startKubernetesHomelab();
    const state = JSON.parse(JSON.stringify(first.snapshot()));
    await using second = await startKubernetesHomelab({ state, podStartMs: 10 });
    const { metadata } = second.objects.get('Deployment', 'microservices', 'backend') ?? {};
    expect(metadata).toEqual(first.objects.get('Deployment', 'microservices', 'backend')?.metadata);
    second.objects.delete('Deployment', 'microservices', 'backend');
    await eventually(() => second.objects.list('Pod', 'microservices').length === 2);
    expect(second.resourceVersion).toBeGreaterThan(first.resourceVersion);
  });

  it('keeps no timer, watch or socket when it is closed', async () => {
    const clock = new ManualClock();
    const cluster = await startKubernetesHomelab({ clock });
    const clients = await clientsFor(cluster);
    const ended = new Promise<void>(resolve => {
      void clients.watch.watch(
        '/api/v1/pods',
        { allowWatchBookmarks: true },
        () => undefined,
        () => resolve(),
      );
    });
    await eventually(() => cluster.openWatchCount === 1);
    expect(clock.pendingCount).toBeGreaterThan(0);
    await cluster.close();
    await ended;
    expect({ timers: clock.pendingCount, watches: cluster.openWatchCount, sockets: cluster.openSocketCount }).toEqual({
      timers: 0,
      watches: 0,
      sockets: 0,
    });
    await cluster.close();
  });

  it('gives a taken port back as an error and keeps nothing', async () => {
    await using cluster = await startKubernetesHomelab({ seed: 'empty' });
    const clock = new ManualClock();
    const port = Number(new URL(cluster.url).port);
    await expect(startKubernetesHomelab({ port, clock })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    expect(clock.pendingCount).toBe(0);
  });

  it('journals every request with who asked and how it ended', async () => {
    await using cluster = await startKubernetesHomelab();
    await ask(cluster, `${backend}?pretty=false`, { token: cluster.tokens.reader });
    await ask(cluster, backend, { token: 'unknown' });
    expect(
      [...cluster.journal].map(({ method, path, query, status, user }) => ({ method, path, query, status, user })),
    ).toEqual([
      {
        method: 'GET',
        path: backend,
        query: { pretty: 'false' },
        status: 200,
        user: 'system:serviceaccount:leitstand:reader',
      },
      { method: 'GET', path: backend, query: {}, status: 401, user: undefined },
    ]);
    cluster.journal.clear();
    expect(cluster.journal.count()).toBe(0);
  });

  it('fails as ordered, in the words of the API, and then works again', async () => {
    await using cluster = await startKubernetesHomelab();
    cluster.faults.next({ path: '/apis/*' }, { status: 503 });
    expect(await ask(cluster, backend)).toMatchObject({
      status: 503,
      body: { kind: 'Status', reason: 'ServiceUnavailable', code: 503 },
    });
    cluster.faults.next({ path: '/apis/*' }, { status: 429 });
    expect(await ask(cluster, backend)).toMatchObject({ status: 429, body: { details: { retryAfterSeconds: 1 } } });
    cluster.faults.next({ path: '/apis/*', method: 'GET' }, { action: 'reset', afterBytes: 100 });
    await expect(ask(cluster, backend)).rejects.toThrow();
    cluster.faults.next({ path: '/apis/*', method: 'GET' }, { action: 'reset' });
    await expect(ask(cluster, backend)).rejects.toThrow();
    expect((await ask(cluster, backend)).status).toBe(200);
  });

  it('lets tests act on objects as the API does', async () => {
    await using cluster = await startKubernetesHomelab({ podStartMs: 5 });
    const live = cluster.objects.get('Deployment', 'microservices', 'frontend');
    if (!live) throw new Error('no frontend');
    cluster.objects.replace({ ...live, spec: { ...live.spec, replicas: 1 } });
    await eventually(() => cluster.objects.get('Deployment', 'microservices', 'frontend')?.status?.replicas === 1);
    expect(() => cluster.objects.replace(live)).toThrow('the object has been modified');
    expect(() => cluster.objects.delete('Pod', 'microservices', 'nobody')).toThrow('pods "nobody" not found');
    expect(() => cluster.objects.list('Lease' as 'Pod')).toThrow('does not model the kind Lease');
  });
});
