import { startKubernetesHomelab, type KubernetesHomelab } from '@leitstand/homelab';
import { UpstreamError } from '@leitstand/plugin-kit-common';
import { eventually } from '@leitstand/plugin-kit-node/testUtils';
import { KubernetesClient } from '../client/KubernetesClient';
import { deploymentType, type Deployment } from '../model/kubernetesObjects';
import { clusterConfigOf } from '../__testUtils__/homelabConfig';
import { Reflector, type ReflectorOptions } from './Reflector';

const path = '/apis/apps/v1/deployments';
const { signal } = new AbortController();

let homelab: KubernetesHomelab;
let client: KubernetesClient;
let reflector: Reflector<Deployment>;
let waits: number[];

function start(options: Partial<ReflectorOptions<Deployment>> = {}): Reflector<Deployment> {
  reflector = new Reflector({
    client,
    type: deploymentType,
    random: () => 1,
    delay: async ms => {
      waits.push(ms);
      await new Promise(resolve => setTimeout(resolve, 5));
    },
    ...options,
  });
  return reflector;
}

const listCount = () => homelab.journal.count(entry => entry.path === path && entry.query.watch === undefined);
const watchCount = () => homelab.journal.count(entry => entry.path === path && entry.query.watch === 'true');

function scaleFrontend(replicas: number): void {
  const deployment = homelab.objects.get('Deployment', 'microservices', 'frontend')!;
  homelab.objects.replace({ ...deployment, spec: { ...deployment.spec, replicas }, status: undefined });
}

function frontendReplicas(): number | undefined {
  return [...reflector.state.objects.values()].find(({ metadata }) => metadata.name === 'frontend')?.spec.replicas;
}

beforeEach(async () => {
  waits = [];
  homelab = await startKubernetesHomelab();
  client = KubernetesClient.create(clusterConfigOf(homelab));
});
afterEach(async () => {
  await reflector.close();
  client.close();
  await homelab.close();
});

describe('Reflector', () => {
  it('lists once for any number of readers and follows changes', async () => {
    start();
    expect(reflector.state.status).toBe('stopped');
    const leases = [reflector.acquire(), reflector.acquire()];
    expect(reflector.state.status).toBe('loading');
    await Promise.all([reflector.settled(signal), reflector.settled(signal)]);
    expect(reflector.state).toMatchObject({ status: 'live', observedAt: expect.any(Date), problem: undefined });
    expect(reflector.state.objects.size).toBe(homelab.objects.list('Deployment').length);

    scaleFrontend(1);
    await eventually(frontendReplicas, replicas => replicas === 1);
    homelab.objects.delete('Deployment', 'microservices', 'frontend');
    await eventually(frontendReplicas, replicas => replicas === undefined);
    expect([listCount(), watchCount()]).toEqual([1, 1]);
    leases.forEach(lease => lease[Symbol.dispose]());
  });

  it('takes a cut watch up again without a new list, and is live all the while', async () => {
    start();
    reflector.acquire();
    await eventually(
      () => homelab.openWatchCount,
      count => count === 1,
    );
    const seen = new Set<string>();
    reflector.onChange(() => seen.add(reflector.state.status));
    homelab.closeWatches();
    scaleFrontend(1); // while nobody listens
    await eventually(frontendReplicas, replicas => replicas === 1);
    expect(listCount()).toBe(1);
    expect([...seen]).toEqual(['live']);
  });

  it('asks for a new watch when the server has ended one, without a new list', async () => {
    client.close();
    client = KubernetesClient.create(clusterConfigOf(homelab), { watchMs: 1_000 });
    start();
    reflector.acquire();
    await eventually(watchCount, count => count >= 2);
    expect(listCount()).toBe(1);
    expect(reflector.state.status).toBe('live');
  });

  it('lists again after 410', async () => {
    start();
    reflector.acquire();
    await eventually(
      () => homelab.openWatchCount,
      count => count === 1,
    );
    using outage = homelab.faults.always({ path }, { status: 503 });
    homelab.closeWatches();
    await eventually(
      () => reflector.state.status,
      status => status === 'stale',
    );
    scaleFrontend(1);
    homelab.compact();
    outage[Symbol.dispose]();
    await eventually(frontendReplicas, replicas => replicas === 1);
    expect(reflector.state.status).toBe('live');
  });

  it('lists again after 410 as an HTTP status', async () => {
    start();
    reflector.acquire();
    await eventually(
      () => homelab.openWatchCount,
      count => count === 1,
    );
    homelab.faults.next({ path }, { status: 410 });
    homelab.closeWatches();
    await eventually(listCount, count => count === 2);
    await eventually(
      () => homelab.openWatchCount,
      count => count === 1,
    );
    expect(reflector.state).toMatchObject({ status: 'live', problem: undefined });
  });

  it.each([
    ['an outage', { status: 503 }, 'UPSTREAM_FAILED'],
    ['missing rights', { status: 403 }, 'UPSTREAM_FORBIDDEN'],
    ['no answer', { delayMs: 60_000 }, 'UPSTREAM_TIMEOUT'],
    ['a cut connection', { action: 'reset' as const }, 'UPSTREAM_UNREACHABLE'],
  ])('keeps what it has during %s, says why, and recovers by itself', async (_, fault, code) => {
    client.close();
    const patience = code === 'UPSTREAM_TIMEOUT' ? { timeoutMs: 1_000 } : {};
    client = KubernetesClient.create(clusterConfigOf(homelab), patience);
    start();
    reflector.acquire();
    await eventually(
      () => homelab.openWatchCount,
      count => count === 1,
    );
    const known = reflector.state.objects.size;
    const outage = homelab.faults.always({ path }, fault);
    homelab.closeWatches();
    await eventually(
      () => reflector.state.status,
      status => status === 'stale',
    );
    expect(reflector.state).toMatchObject({ problem: { code }, observedAt: expect.any(Date) });
    expect(reflector.state.objects.size).toBe(known);
    outage[Symbol.dispose]();
    await eventually(
      () => reflector.state.status,
      status => status === 'live',
    );
    expect(reflector.state.problem).toBeUndefined();
  });

  it('says so when even a list is answered with 410', async () => {
    using _ = homelab.faults.always({ path }, { status: 410 });
    start();
    reflector.acquire();
    await reflector.settled(signal);
    expect(reflector.state).toMatchObject({ status: 'stale', problem: { upstreamStatus: 410 } });
  });

  it('settles on a failure of the first list and waits longer after each, up to a cap', async () => {
    const outage = homelab.faults.always({ path }, { status: 503 });
    start();
    reflector.acquire();
    await reflector.settled(signal);
    expect(reflector.state).toMatchObject({ status: 'stale', observedAt: undefined, problem: { upstreamStatus: 503 } });
    await eventually(
      () => waits.length,
      count => count >= 9,
    );
    expect(waits.slice(0, 9)).toEqual([250, 500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
    outage[Symbol.dispose]();
    await eventually(
      () => reflector.state.status,
      status => status === 'live',
    );
  });

  it('stops some time after its last reader, asks nothing more, and starts again with the next', async () => {
    start({ idleMs: 30 });
    const lease = reflector.acquire();
    await eventually(
      () => homelab.openWatchCount,
      count => count === 1,
    );
    lease[Symbol.dispose]();
    lease[Symbol.dispose](); // counts once
    expect(reflector.state.status).toBe('live');
    await eventually(
      () => reflector.state.status,
      status => status === 'stopped',
    );
    await eventually(
      () => homelab.openWatchCount,
      count => count === 0,
    );
    homelab.journal.clear();
    await new Promise(resolve => setTimeout(resolve, 50));
    expect(homelab.journal.count()).toBe(0);

    reflector.acquire();
    await reflector.settled(signal);
    expect(reflector.state.status).toBe('live');
  });

  it('ends everything when it is closed, also while it waits, and takes no reader then', async () => {
    homelab.faults.always({ path }, { status: 503 });
    start({ delay: undefined });
    reflector.acquire();
    await reflector.settled(signal);
    await reflector.close();
    homelab.journal.clear();
    await new Promise(resolve => setTimeout(resolve, 50));
    expect(homelab.journal.count()).toBe(0);
    expect(() => reflector.acquire()).toThrow(/closed/);
  });

  it('lets a reader go that does not want to wait', async () => {
    homelab.faults.always({ path }, { delayMs: 20_000 });
    start();
    reflector.acquire();
    await expect(reflector.settled(AbortSignal.timeout(20))).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  it('lists again, marked as stale, when a watch says what cannot be understood', async () => {
    let listCalls = 0;
    const seen: string[] = [];
    const unreadable = new UpstreamError('unreadable', {
      code: 'UPSTREAM_UNREADABLE',
      system: 'k3s',
      operation: 'watch',
    });
    start({
      client: {
        cluster: 'k3s',
        list: async () => {
          listCalls += 1;
          return { items: [], resourceVersion: '1' };
        },
        async *watch() {
          yield { type: 'opened' };
          throw unreadable;
        },
      },
    });
    reflector.onChange(() => seen.push(reflector.state.status));
    reflector.acquire();
    await eventually(
      () => listCalls,
      count => count >= 2,
    );
    expect(seen).toContain('stale');
  });
});
