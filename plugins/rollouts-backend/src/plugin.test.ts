import { mockCredentials } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { startKubernetesHomelab, type KubernetesHomelab } from '@leitstand/homelab';
import { eventually } from '@leitstand/plugin-kit-node/testUtils';
import { clusterConfigOf } from './__testUtils__/homelabConfig';
import { refusalOf, startPortal } from './__testUtils__/startPortal';

const backendRef = { cluster: 'homelab-k3s', namespace: 'microservices', kind: 'Deployment', name: 'backend' } as const;

let homelab: KubernetesHomelab;
beforeEach(async () => {
  homelab = await startKubernetesHomelab();
});
afterEach(() => homelab.close());

describe('rollouts plugin', () => {
  it('lists workloads, worst first, and says what it does not read', async () => {
    await using portal = await startPortal([clusterConfigOf(homelab)]);
    const list = await portal.client.listWorkloads({});
    expect(list.items.map(({ namespace, name, health }) => [namespace, name, health.state])).toEqual([
      ['microservices', 'backend', 'failed'],
      ['caloguessr', 'caloguessr', 'healthy'],
      ['microservices', 'frontend', 'healthy'],
    ]);
    expect(list.items.map(({ entityRef }) => entityRef)).toEqual([
      'component:default/homelab-k3s.microservices.backend',
      'component:default/homelab-k3s.caloguessr.caloguessr',
      'component:default/todo-frontend',
    ]);
    expect(list).toMatchObject({
      totalCount: 3,
      clusters: [{ cluster: 'homelab-k3s', isStale: false }],
      notRead: [{ name: 'elsewhere', reason: expect.stringContaining('(aws) is not supported') }],
    });
    const problems = await portal.client.listWorkloads({ show: 'problems', limit: 1 });
    expect(problems).toMatchObject({ totalCount: 1, items: [{ name: 'backend' }] });
    const own = await portal.client.listWorkloads({
      entityRefs: 'Component:default/todo-frontend,component:default/none',
    });
    expect(own).toMatchObject({ totalCount: 1, items: [{ entityRef: 'component:default/todo-frontend' }] });
  });

  it('shows everything about one workload', async () => {
    await using portal = await startPortal([clusterConfigOf(homelab)]);
    const workload = await portal.client.getWorkload(backendRef);
    expect(workload).toMatchObject({
      name: 'backend',
      health: { state: 'failed', message: expect.stringContaining('v1.6.0') },
      replicas: { desired: 2, available: 2, updated: 1 },
      revisions: [
        { revision: 4, isCurrent: true, changeCause: 'deploy v1.6.0' },
        { revision: 3, isCurrent: false, readyReplicas: 2 },
        { revision: 2 },
        { revision: 1 },
      ],
      freshness: { isStale: false },
    });
    expect(workload.pods).toHaveLength(3);
    expect(workload.pods.map(pod => [pod.revision, pod.isReady])).toEqual(
      expect.arrayContaining([
        [4, false],
        [3, true],
      ]),
    );
    expect(workload.events.some(({ object }) => object.startsWith('Pod/'))).toBe(true);
    expect(workload.events.some(({ object }) => object === 'Deployment/backend')).toBe(true);
  });

  it('costs the cluster the same for two hundred readers as for one', async () => {
    await using portal = await startPortal([clusterConfigOf(homelab)]);
    await Promise.all(Array.from({ length: 200 }, () => portal.client.getWorkload(backendRef)));
    for (const path of ['/apis/apps/v1/deployments', '/apis/apps/v1/replicasets', '/api/v1/pods', '/api/v1/events']) {
      expect(homelab.journal.count(entry => entry.path === path && entry.query.watch === undefined)).toBe(1);
    }
    expect(homelab.journal.count(({ method }) => method !== 'GET')).toBe(0);
  });

  it('answers absent things with codes of their own', async () => {
    await using portal = await startPortal([clusterConfigOf(homelab)]);
    const get = (change: object) => refusalOf(portal.client.getWorkload({ ...backendRef, ...change }));
    expect(await get({ name: 'nothing' })).toMatchObject({ status: 404, code: 'WORKLOAD_NOT_FOUND' });
    expect(await get({ cluster: 'nowhere' })).toMatchObject({ status: 404, code: 'CLUSTER_UNKNOWN' });
    expect(await get({ cluster: 'elsewhere' })).toMatchObject({ status: 404, code: 'CLUSTER_NOT_READ' });
    expect(await refusalOf(portal.client.listWorkloads({ limit: 0 }))).toMatchObject({ status: 400 });
  });

  it('lets only people in, and only those who may read workloads', async () => {
    await using portal = await startPortal([clusterConfigOf(homelab)], AuthorizeResult.DENY);
    expect(await refusalOf(portal.client.listWorkloads({}))).toMatchObject({ status: 403 });
    expect(await refusalOf(portal.client.getWorkload(backendRef))).toMatchObject({ status: 403 });
    for (const header of [mockCredentials.service.header(), mockCredentials.none.header()]) {
      expect((await refusalOf(portal.clientWith(header).listWorkloads({}))).status).toBeGreaterThanOrEqual(401);
    }
    expect(homelab.journal.count()).toBe(0);
  });

  it.each([
    ['is down', { url: 'http://127.0.0.1:1' }, undefined, 502, 'UPSTREAM_UNREACHABLE'],
    ['answers 503', {}, { status: 503 }, 502, 'UPSTREAM_FAILED'],
    ['cuts connections', {}, { action: 'reset' as const }, 502, 'UPSTREAM_UNREACHABLE'],
    ['does not know the token', { token: 'wrong-token-value' }, undefined, 502, 'UPSTREAM_UNAUTHENTICATED'],
    ['denies everything', {}, { status: 403 }, 502, 'UPSTREAM_FORBIDDEN'],
  ])('stays up when a cluster %s, and says so', async (_, options, fault, status, code) => {
    if (fault) homelab.faults.always({ path: '*' }, fault);
    await using portal = await startPortal([clusterConfigOf(homelab, options)]);
    const refusal = await refusalOf(portal.client.getWorkload(backendRef));
    expect(refusal).toMatchObject({ status, code });
    expect(refusal.body).not.toContain('wrong-token-value');
    const list = await portal.client.listWorkloads({});
    expect(list).toMatchObject({
      items: [],
      clusters: [],
      notRead: [
        { name: 'homelab-k3s', reason: expect.stringContaining('Cluster homelab-k3s:') },
        { name: 'elsewhere' },
      ],
    });
    homelab.faults.clear();
    if (!fault) return;
    await eventually(
      () => portal.client.listWorkloads({}),
      recovered => recovered.items.length === 3,
    );
  });

  it('keeps showing the last known state, marked, while a cluster fails', async () => {
    await using portal = await startPortal([clusterConfigOf(homelab)]);
    await portal.client.getWorkload(backendRef);
    homelab.faults.always({ path: '*' }, { status: 503 });
    homelab.closeWatches();
    const stale = await eventually(
      () => portal.client.getWorkload(backendRef),
      ({ freshness }) => freshness.isStale && freshness.problem !== undefined,
    );
    expect(stale).toMatchObject({ name: 'backend', freshness: { problem: { code: 'UPSTREAM_FAILED' } } });
    await eventually(
      () => refusalOf(portal.client.getWorkload({ ...backendRef, name: 'nothing' })),
      ({ code }) => code === 'UPSTREAM_FAILED', // not 404: nobody looked
    );
    homelab.faults.clear();
    await eventually(
      () => portal.client.getWorkload(backendRef),
      ({ freshness }) => !freshness.isStale,
    );
  });

  it('shows a workload without its pods when only those may not be read', async () => {
    homelab.faults.always({ path: '/api/v1/pods' }, { status: 403 });
    await using portal = await startPortal([clusterConfigOf(homelab)]);
    const workload = await portal.client.getWorkload(backendRef);
    expect(workload).toMatchObject({
      pods: [],
      podCount: 0,
      freshness: { isStale: false },
    });
    const missing = { what: 'pods', reason: expect.stringContaining('"list" on "pods"') };
    expect(workload.missing).toContainEqual(missing);
    expect(workload.revisions).toHaveLength(4);
    expect((await portal.client.listWorkloads({})).clusters[0].missing).toContainEqual(missing);
  });

  it('leaves no connection open when it stops', async () => {
    await using portal = await startPortal([clusterConfigOf(homelab)]);
    await portal.client.getWorkload(backendRef);
    await eventually(
      () => homelab.openWatchCount,
      count => count >= 4,
    );
    await portal[Symbol.asyncDispose]();
    await eventually(
      () => homelab.openSocketCount,
      count => count === 0,
    );
  });
});
