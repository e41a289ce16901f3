import { startKubernetesHomelab, type KubernetesHomelab } from '@leitstand/homelab';
import { eventually } from '@leitstand/plugin-kit-node/testUtils';
import {
  clusterListSchema,
  clusterSchema,
  runningImagesSchema,
  workloadListSchema,
  workloadSchema,
  type WorkloadSummary,
} from '@leitstand/plugin-rollouts-common';
import { clusterConfigOf } from './__testUtils__/homelabConfig';
import { refusalOf, startPortal } from './__testUtils__/startPortal';

type Portal = Awaited<ReturnType<typeof startPortal>>;

let clusters: KubernetesHomelab[];
let portal: Portal;
beforeAll(async () => {
  clusters = await Promise.all([
    startKubernetesHomelab({ name: 'homelab-k3s', seed: 'homelab-k3s' }),
    startKubernetesHomelab({ name: 'gke-mlops-cluster', seed: 'gke-mlops-cluster' }),
  ]);
  portal = await startPortal(clusters.map(cluster => clusterConfigOf(cluster)));
});
afterAll(async () => {
  await portal[Symbol.asyncDispose]();
  await Promise.all(clusters.map(cluster => cluster.close()));
});

function keyOf({ cluster, namespace, kind, name }: WorkloadSummary): string {
  return [cluster, namespace, kind, name].join('/');
}

describe('the fleet', () => {
  it('has every kind of workload of every cluster, one page after the other', async () => {
    const whole = workloadListSchema.parse(await portal.client.listWorkloads({ limit: 500 }));
    expect(new Set(whole.items.map(({ kind }) => kind))).toEqual(
      new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'CronJob']),
    );
    expect(whole.clusters.map(({ cluster }) => cluster)).toEqual(['homelab-k3s', 'gke-mlops-cluster']);
    expect(whole.namespaces).toEqual(expect.arrayContaining(['stream', 'ml']));

    const paged: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await portal.client.listWorkloads({ limit: 3, cursor });
      expect(page.totalCount).toBe(whole.items.length);
      paged.push(...page.items.map(keyOf));
      cursor = page.nextCursor;
    } while (cursor);
    expect(paged).toEqual(whole.items.map(keyOf));
    expect(await refusalOf(portal.client.listWorkloads({ cursor: 'nonsense' }))).toMatchObject({ status: 400 });
  });

  it('is filtered by what the query says, and counts health whatever is shown', async () => {
    const { items, healthCounts } = await portal.client.listWorkloads({ limit: 500 });
    const find = async (query: object) => (await portal.client.listWorkloads({ limit: 500, ...query })).items;
    expect(await find({ cluster: 'homelab-k3s', namespace: 'stream' })).toEqual(
      items.filter(({ cluster, namespace }) => cluster === 'homelab-k3s' && namespace === 'stream'),
    );
    expect(await find({ kind: 'CronJob' })).toEqual(items.filter(({ kind }) => kind === 'CronJob'));
    expect(await find({ text: 'KAFKA' })).not.toHaveLength(0);
    expect(await find({ health: 'healthy' })).toHaveLength(healthCounts.healthy);
    const problems = await portal.client.listWorkloads({ show: 'problems', limit: 500 });
    expect(problems.healthCounts).toEqual(healthCounts);
    expect(problems.items.every(({ health }) => health.state !== 'healthy')).toBe(true);
    expect(problems.totalCount).toBeLessThan(items.length);
  });

  it('shows each of its workloads whole', async () => {
    const { items } = await portal.client.listWorkloads({ limit: 500 });
    for (const { cluster, namespace, kind, name } of items) {
      const workload = workloadSchema.parse(await portal.client.getWorkload({ cluster, namespace, kind, name }));
      expect(workload).toMatchObject({ kind, name, freshness: { isStale: false }, podCount: workload.pods.length });
      expect(workload.schedule === undefined).toBe(kind !== 'CronJob');
      expect(workload.missing.map(({ what, reason }) => `${what}: ${reason}`)).toEqual([]);
    }
  });

  it('tells what a workload uses, where it can be reached and what its pods did', async () => {
    const ref = { cluster: 'homelab-k3s', namespace: 'microservices', kind: 'Deployment', name: 'frontend' } as const;
    const workload = await eventually(
      () => portal.client.getWorkload(ref),
      ({ resources }) => resources[0].usage !== undefined,
    );
    expect(workload.pods[0]).toMatchObject({
      usage: { cpuCores: expect.any(Number), memoryBytes: expect.any(Number) },
      containers: [{ name: 'frontend', state: 'running', isReady: true }],
    });
    expect(workload.addresses).toContainEqual(expect.objectContaining({ reach: 'cluster', hasReadyEndpoints: true }));
  });

  it('says which versions of which images run where', async () => {
    const { items } = runningImagesSchema.parse(await portal.client.listImages());
    const workloads = await portal.client.listWorkloads({ limit: 500 });
    const placed = items.flatMap(({ versions }) => versions.flatMap(version => version.workloads));
    expect(new Set(placed.map(({ entityRef }) => entityRef)).size).toBe(
      new Set(workloads.items.map(({ entityRef }) => entityRef)).size,
    );
  });
});

describe('clusters', () => {
  it('have nodes, capacity, versions and what is asked of them', async () => {
    const list = clusterListSchema.parse(await portal.client.listClusters());
    expect(list.items.map(({ name }) => name)).toEqual(['homelab-k3s', 'gke-mlops-cluster']);
    expect(list.notRead.map(({ name }) => name)).toEqual(['elsewhere']);
    const [k3s] = list.items;
    expect(k3s).toMatchObject({
      entityRef: 'resource:default/homelab-k3s',
      version: expect.stringMatching(/^v1\.\d+\.\d+\+k3s1$/),
      nodes: { total: 3, ready: 3 },
      freshness: { isStale: false },
    });
    expect(k3s.pods.capacity).toBeGreaterThan(k3s.pods.total);
    expect(k3s.requested.cpuCores).toBeLessThan(k3s.allocatable.cpuCores!);
    expect(k3s.workloads.problems).toBeGreaterThan(0);

    const cluster = clusterSchema.parse(await portal.client.getCluster('homelab-k3s'));
    expect(cluster.missing).toEqual([]);
    expect(cluster.nodeList.map(({ podCount }) => podCount).reduce((a, b) => a + b)).toBeLessThanOrEqual(
      cluster.pods.total,
    );
    expect(cluster.nodeList.filter(({ roles }) => roles.includes('control-plane'))).toHaveLength(1);
    expect(cluster.namespaces.map(({ name }) => name)).toContain('stream');
    expect(cluster.namespaces.map(({ name }) => name)).not.toContain('kube-system');
    expect(await refusalOf(portal.client.getCluster('elsewhere'))).toMatchObject({ code: 'CLUSTER_NOT_READ' });
  });

  it('show what they can when a right is missing', async () => {
    const [homelab] = clusters;
    using _ = homelab.faults.always({ path: '/api/v1/nodes' }, { status: 403 });
    using __ = homelab.faults.always({ path: '/apis/metrics.k8s.io/*' }, { status: 404 });
    await using restricted = await startPortal([clusterConfigOf(homelab)]);
    const cluster = clusterSchema.parse(await restricted.client.getCluster('homelab-k3s'));
    expect(cluster).toMatchObject({ nodes: { total: 0 }, freshness: { isStale: false } });
    expect(cluster.workloads.total).toBeGreaterThan(0);
    expect(cluster.missing).toEqual([
      { what: 'nodes', reason: expect.stringContaining('Give it the verb "list" on "nodes"') },
      { what: 'metrics', reason: 'The cluster has no metrics API.' },
    ]);
  });
});
