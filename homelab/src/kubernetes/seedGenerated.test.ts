import { createRandom, ManualClock } from '../core';
import { eventually } from './__testUtils__/cluster';
import { startKubernetesHomelab } from './startKubernetesHomelab';

describe('a generated seed', () => {
  it('is at rest: all pods run, and the controllers change nothing', async () => {
    const clock = new ManualClock();
    const seed = { workloads: 30, podsPerWorkload: 4, namespaces: 3 };
    await using cluster = await startKubernetesHomelab({ seed, clock, random: createRandom(1) });
    const before = cluster.resourceVersion;
    clock.advance(60_000);
    expect(cluster.resourceVersion).toBe(before);
    const pods = cluster.objects.list('Pod');
    const nodes = cluster.objects.list('Node').map(node => node.metadata.name);
    expect(cluster.objects.list('Deployment', 'team-03')).toHaveLength(10);
    expect(pods.filter(pod => pod.status.phase === 'Running')).toHaveLength(120);
    expect(new Set(pods.map(pod => pod.metadata.uid)).size).toBe(120);
    expect(new Set(pods.map(pod => pod.status.podIP)).size).toBe(120);
    expect([...new Set(pods.map(pod => pod.spec.nodeName))].sort()).toEqual(nodes);
    expect([...new Set(pods.map(pod => pod.spec.containers[0].image))].sort()).toEqual([
      'nginx:1.26',
      'nginx:1.27',
      'nginx:1.28',
    ]);
  });

  it('lives: a Deployment of it can be scaled', async () => {
    await using cluster = await startKubernetesHomelab({ seed: { workloads: 2, podsPerWorkload: 2 }, podStartMs: 3 });
    const live = cluster.objects.get('Deployment', 'team-01', 'workload-00001');
    if (!live) throw new Error('no workload');
    cluster.objects.replace({ ...live, spec: { ...live.spec, replicas: 3 } });
    const status = () => cluster.objects.get('Deployment', 'team-01', 'workload-00001')?.status;
    await eventually(() => status()?.availableReplicas === 3);
  });
});
