import { createRandom, ManualClock } from '../../core';
import { Cluster } from '../Cluster';
import { createImageRegistry } from '../imageRegistry';
import type { Pod } from '../model';
import { resourceTypeOf } from '../resourceTypes';
import { seedSnapshot } from '../seed';
import type { Snapshot } from '../state/ObjectStore';

const podType = resourceTypeOf('Pod');
const nodeType = resourceTypeOf('Node');

function start(state?: Snapshot, clock = new ManualClock()) {
  const random = createRandom(3);
  const registry = createImageRegistry();
  const seeded = state ?? seedSnapshot('empty', { now: clock.now(), random, registry });
  const cluster = new Cluster({ clock, random, registry, podStartMs: 900, state: seeded });
  const create = (image: string, name = 'one') =>
    cluster.resources.create(
      podType,
      {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name, namespace: 'default' },
        spec: { containers: [{ name: 'main', image }] } as object,
      },
      { manager: 'test' },
    ) as Pod;
  const get = (name = 'one') => cluster.store.get('Pod', 'default', name);
  const waiting = () => get()?.status.containerStatuses?.[0].state.waiting?.reason;
  const events = () => cluster.store.list('Event', 'default').map(event => `${event.reason} x${event.count}`);
  return { clock, cluster, create, get, waiting, events };
}

describe('a pod', () => {
  it('is scheduled, created and started, with the events of a kubelet', () => {
    const { create, clock, get, waiting, events } = start();
    create('nginx:1.27');
    clock.advance(0);
    expect(get()?.spec.nodeName).toBe('k3s-5f2a91c3-agent-1');
    expect(waiting()).toBe('ContainerCreating');
    expect(get()?.status.phase).toBe('Pending');
    clock.advance(900);
    expect(get()?.status).toMatchObject({
      phase: 'Running',
      podIP: expect.stringMatching(/^10\.42\./),
      hostIP: '10.50.15.22',
    });
    expect(events()).toEqual(['Scheduled x1', 'Pulling x1', 'Pulled x1', 'Created x1', 'Started x1']);
  });

  it('waits longer and longer for an image that does not exist, and starts no more', () => {
    const { create, clock, waiting, events } = start();
    create('nginx:0.0');
    clock.advance(900);
    expect(waiting()).toBe('ErrImagePull');
    clock.advance(900);
    expect(waiting()).toBe('ImagePullBackOff');
    clock.advance(10_000);
    expect(waiting()).toBe('ErrImagePull');
    clock.advance(600_000);
    expect(events()).toEqual(expect.arrayContaining(['Pulling x6', 'Failed x6', 'BackOff x6']));
  });

  it('is stopped gently, and at once when asked without grace', () => {
    const { create, clock, cluster, get, events } = start();
    create('nginx:1.27');
    clock.advance(1_000);
    const running = get();
    if (!running) throw new Error('no pod');
    expect(cluster.resources.delete(podType, running).isRemoved).toBe(false);
    clock.advance(0);
    expect(get()?.metadata.deletionTimestamp).toBeDefined();
    expect(events()).toContain('Killing x1');
    clock.advance(300);
    expect(get()).toBeUndefined();
    const other = create('nginx:1.27', 'two');
    expect(cluster.resources.delete(podType, other, { gracePeriodSeconds: 0 }).isRemoved).toBe(true);
    clock.advance(10_000);
    expect(clock.pendingCount).toBe(0);
  });

  it('waits for a node that takes pods', () => {
    const { create, clock, cluster, get, events } = start();
    const nodes = cluster.store.list('Node');
    for (const node of nodes) {
      cluster.resources.update(node, { ...node, spec: { ...node.spec, unschedulable: true } }, { manager: 'test' });
    }
    create('nginx:1.27');
    clock.advance(6_000);
    expect(get()?.spec.nodeName).toBeUndefined();
    expect(events()).toEqual(['FailedScheduling x2']);
    const [node] = cluster.store.list('Node');
    cluster.resources.update(node, { ...node, spec: { ...node.spec, unschedulable: false } }, { manager: 'test' });
    clock.advance(6_000);
    expect(get()?.status.phase).toBe('Running');
  });

  it('goes on after a restart from where it was', () => {
    const first = start();
    first.create('nginx:1.27');
    first.create('nginx:0.0', 'two');
    first.clock.advance(500);
    const state = first.cluster.store.snapshot();
    first.cluster[Symbol.dispose]();
    const second = start(state, new ManualClock(first.clock.now()));
    second.clock.advance(2_000);
    expect(second.get()?.status.phase).toBe('Running');
    expect(second.get('two')?.status.containerStatuses?.[0].state.waiting?.reason).toBe('ImagePullBackOff');
  });
});

describe('events', () => {
  it('are dropped after an hour', () => {
    const { create, clock, cluster } = start();
    create('nginx:1.27');
    clock.advance(2 * 60 * 60 * 1000);
    create('nginx:1.27', 'two');
    clock.advance(10_000);
    const about = new Set(cluster.store.list('Event').map(event => event.involvedObject.name));
    expect(about).toEqual(new Set(['two']));
  });
});

describe('the history', () => {
  it('is of limited length, and what is older is not made up', () => {
    const { cluster } = start();
    const [node] = cluster.store.list('Node');
    const from = cluster.store.resourceVersion;
    expect(cluster.store.changesSince(from)).toEqual([]);
    for (let index = 0; index < 5_001; index++) cluster.store.put(nodeType, node);
    expect(cluster.store.changesSince(from)).toBeUndefined();
    expect(cluster.store.changesSince(from + 1)).toHaveLength(5_000);
    expect(cluster.store.listAt('Node', from)).toBeUndefined();
    expect(cluster.store.listAt('Node', from + 1)).toHaveLength(3);
  });
});
