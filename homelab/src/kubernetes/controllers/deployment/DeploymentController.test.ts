import { createRandom, ManualClock } from '../../../core';
import { Cluster } from '../../Cluster';
import { createImageRegistry } from '../../imageRegistry';
import type { Deployment, DeploymentSpec, ReplicaSet } from '../../model';
import { resourceTypeOf } from '../../resourceTypes';
import { seedSnapshot } from '../../seed';
import { revisionOf } from './revisions';

const podStartMs = 1_000;
const type = resourceTypeOf('Deployment');
const held = 'registry.k8s.io/pause:3.9';
const held2 = 'registry.k8s.io/pause:3.10';
const missing = 'registry.k8s.io/pause:missing';

/** A cluster with nodes on a clock that stands still, and short ways to act on one Deployment. */
function start() {
  const clock = new ManualClock();
  const random = createRandom(1);
  const registry = createImageRegistry();
  const state = seedSnapshot('empty', { now: clock.now(), random, registry });
  const cluster = new Cluster({ clock, random, registry, podStartMs, state });
  const get = () => {
    const found = cluster.store.get('Deployment', 'default', 'web');
    if (!found) throw new Error('no Deployment');
    return found;
  };
  const update = (change: (deployment: Deployment) => void) => {
    const next = structuredClone(get());
    change(next);
    cluster.resources.update(get(), next, { manager: 'test' });
  };
  const setImage = (image: string) =>
    update(deployment => {
      deployment.spec.template.spec.containers[0].image = image;
      deployment.metadata.annotations = {
        ...deployment.metadata.annotations,
        'kubernetes.io/change-cause': `use ${image}`,
      };
    });
  const create = (spec: Partial<DeploymentSpec> = {}) =>
    cluster.resources.create(
      type,
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: 'web', namespace: 'default', annotations: { 'kubernetes.io/change-cause': `use ${held}` } },
        spec: {
          replicas: 4,
          selector: { matchLabels: { app: 'web' } },
          template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: held }] } },
          ...spec,
        },
      },
      { manager: 'test' },
    );
  const replicaSets = (): ReplicaSet[] =>
    cluster.store.list('ReplicaSet').sort((left, right) => revisionOf(left) - revisionOf(right));
  const shape = () => replicaSets().map(item => `${revisionOf(item)}:${item.spec.replicas}`);
  const progress = () => get().status?.conditions?.find(condition => condition.type === 'Progressing')?.reason;
  const settle = () => clock.advance(60_000);
  return { clock, cluster, get, update, setImage, create, replicaSets, shape, progress, settle };
}

describe('a rollout', () => {
  it('creates the ReplicaSet, numbers it and reports when all pods are available', () => {
    const { create, clock, get, progress, settle, replicaSets, cluster } = start();
    create();
    clock.advance(0);
    expect(progress()).toBe('ReplicaSetUpdated');
    expect(get().status?.conditions?.find(condition => condition.type === 'Available')?.status).toBe('False');
    settle();
    expect(progress()).toBe('NewReplicaSetAvailable');
    expect(get().status).toMatchObject({ replicas: 4, updatedReplicas: 4, readyReplicas: 4, availableReplicas: 4 });
    expect(get().status?.observedGeneration).toBe(get().metadata.generation);
    expect(replicaSets()[0].metadata.annotations).toEqual({
      'kubernetes.io/change-cause': `use ${held}`,
      'deployment.kubernetes.io/revision': '1',
      'deployment.kubernetes.io/desired-replicas': '4',
      'deployment.kubernetes.io/max-replicas': '5',
    });
    const hosts = cluster.store.list('Pod').map(pod => pod.spec.nodeName);
    expect(new Set(hosts).size).toBe(3);
  });

  it('never leaves the bounds of maxSurge and maxUnavailable', () => {
    const { create, setImage, clock, cluster, settle, shape } = start();
    create();
    settle();
    setImage(held2);
    const seen = { most: 0, leastReady: 4 };
    for (let step = 0; step < 400; step++) {
      clock.advance(25);
      const pods = cluster.store.list('Pod').filter(pod => !pod.metadata.deletionTimestamp);
      const ready = pods.filter(pod =>
        pod.status.conditions?.some(({ type: name, status }) => name === 'Ready' && status === 'True'),
      );
      seen.most = Math.max(seen.most, pods.length);
      seen.leastReady = Math.min(seen.leastReady, ready.length);
    }
    expect(seen).toEqual({ most: 5, leastReady: 3 });
    expect(shape()).toEqual(['1:0', '2:4']);
  });

  it('with Recreate starts nothing before the last old pod is gone', () => {
    const { create, setImage, clock, cluster, settle, shape } = start();
    create({ strategy: { type: 'Recreate' } });
    settle();
    setImage(held2);
    for (let step = 0; step < 200; step++) {
      clock.advance(25);
      const images = new Set(cluster.store.list('Pod').map(pod => pod.spec.containers[0].image));
      expect(images.size).toBeLessThanOrEqual(1);
    }
    settle();
    expect(shape()).toEqual(['1:0', '2:4']);
  });

  it('stops at an image that does not exist and exceeds its deadline', () => {
    const { create, setImage, clock, progress, settle, shape, get, cluster } = start();
    create({ progressDeadlineSeconds: 30 });
    settle();
    setImage(missing);
    clock.advance(29_000);
    expect(progress()).toBe('ReplicaSetUpdated');
    clock.advance(5_000);
    expect(progress()).toBe('ProgressDeadlineExceeded');
    expect(shape()).toEqual(['1:3', '2:2']);
    expect(get().status).toMatchObject({ updatedReplicas: 2, availableReplicas: 3, unavailableReplicas: 2 });
    const waiting = cluster.store
      .list('Pod')
      .flatMap(pod => pod.status.containerStatuses?.[0].state.waiting?.reason ?? []);
    expect(waiting).toEqual(['ImagePullBackOff', 'ImagePullBackOff']);
  });
});

describe('a rollback', () => {
  it('takes the old ReplicaSet again under the next revision and remembers the one it had', () => {
    const { create, setImage, settle, shape, replicaSets, progress, get } = start();
    create({ progressDeadlineSeconds: 30 });
    settle();
    const [first] = replicaSets();
    setImage(missing);
    settle();
    setImage(held);
    settle();
    expect(shape()).toEqual(['2:0', '3:4']);
    const [, renewed] = replicaSets();
    expect(renewed.metadata.uid).toBe(first.metadata.uid);
    expect(renewed.metadata.annotations).toMatchObject({
      'kubernetes.io/change-cause': `use ${held}`,
      'deployment.kubernetes.io/revision': '3',
      'deployment.kubernetes.io/revision-history': '1',
    });
    expect(get().metadata.annotations?.['deployment.kubernetes.io/revision']).toBe('3');
    expect(progress()).toBe('NewReplicaSetAvailable');
  });
});

describe('beside rollouts', () => {
  it('scales without a new revision', () => {
    const { create, update, settle, shape, get } = start();
    create();
    settle();
    for (const replicas of [6, 1, 0, 2]) {
      update(deployment => {
        deployment.spec.replicas = replicas;
      });
      settle();
      expect(shape()).toEqual([`1:${replicas}`]);
      expect(get().status?.availableReplicas ?? 0).toBe(replicas);
    }
  });

  it('shares a new number of replicas out while a rollout is stuck', () => {
    const { create, setImage, update, settle, shape } = start();
    create();
    settle();
    setImage(missing);
    settle();
    expect(shape()).toEqual(['1:3', '2:2']);
    update(deployment => {
      deployment.spec.replicas = 8;
    });
    settle();
    expect(shape()).toEqual(['1:6', '2:4']);
  });

  it('rolls nothing out while paused, and everything when resumed', () => {
    const { create, setImage, update, settle, shape, progress } = start();
    create();
    settle();
    update(deployment => {
      deployment.spec.paused = true;
    });
    settle();
    expect(progress()).toBe('DeploymentPaused');
    setImage(held2);
    settle();
    expect(shape()).toEqual(['1:4']);
    update(deployment => {
      deployment.spec.paused = false;
    });
    settle();
    expect(shape()).toEqual(['1:0', '2:4']);
  });

  it('keeps as many old revisions as revisionHistoryLimit says', () => {
    const { create, setImage, settle, shape } = start();
    create({ revisionHistoryLimit: 1 });
    settle();
    for (const image of [held2, 'nginx:1.27', 'nginx:1.28']) {
      setImage(image);
      settle();
    }
    expect(shape()).toEqual(['3:0', '4:4']);
  });

  it('waits minReadySeconds before a pod counts as available', () => {
    const { create, clock, get } = start();
    create({ minReadySeconds: 20 });
    clock.advance(10_000);
    expect(get().status).toMatchObject({ readyReplicas: 4 });
    expect(get().status?.availableReplicas).toBeUndefined();
    clock.advance(20_000);
    expect(get().status).toMatchObject({ availableReplicas: 4 });
  });

  it('replaces a pod that is deleted', () => {
    const { create, settle, cluster, clock } = start();
    create({ replicas: 1 });
    settle();
    const [pod] = cluster.store.list('Pod');
    cluster.resources.delete(resourceTypeOf('Pod'), pod);
    clock.advance(0);
    expect(cluster.store.list('Pod').map(item => item.metadata.deletionTimestamp !== undefined)).toEqual([true, false]);
    settle();
    expect(cluster.store.list('Pod')).toHaveLength(1);
    expect(cluster.store.list('Pod')[0].metadata.uid).not.toBe(pod.metadata.uid);
  });

  it.each([
    ['Background', 0],
    ['Foreground', 0],
    ['Orphan', 4],
  ])('deletes with propagation policy %s', (propagationPolicy, podsLeft) => {
    const { create, settle, cluster, get } = start();
    create();
    settle();
    const { isRemoved } = cluster.resources.delete(type, get(), { propagationPolicy });
    expect(isRemoved).toBe(propagationPolicy === 'Background');
    settle();
    expect(cluster.store.get('Deployment', 'default', 'web')).toBeUndefined();
    expect(cluster.store.list('Pod')).toHaveLength(podsLeft);
  });

  it('needs no timer once it is done, and has none when it is closed in the middle', () => {
    const { create, setImage, settle, cluster, clock } = start();
    create();
    settle();
    expect(clock.pendingCount).toBe(0);
    setImage(missing);
    clock.advance(2_000);
    expect(clock.pendingCount).toBeGreaterThan(0);
    cluster[Symbol.dispose]();
    expect(clock.pendingCount).toBe(0);
  });
});
