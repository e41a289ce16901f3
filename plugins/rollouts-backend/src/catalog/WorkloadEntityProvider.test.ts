import { mockServices } from '@backstage/backend-test-utils';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { ConfigReader } from '@backstage/config';
import type { EntityProviderMutation } from '@backstage/plugin-catalog-node';
import { startKubernetesHomelab, type KubernetesHomelab } from '@leitstand/homelab';
import { Ownership } from '@leitstand/plugin-operations-node';
import { eventually } from '../__testUtils__/eventually';
import { clusterConfigOf, portalConfigOf } from '../__testUtils__/homelabConfig';
import { ClusterReaders } from '../services/ClusterReaders';
import { WorkloadEntityProvider } from './WorkloadEntityProvider';

const { signal } = new AbortController();
const minute = 60_000;

let first: KubernetesHomelab;
let second: KubernetesHomelab;
let readers: ClusterReaders;
let provider: WorkloadEntityProvider;
let mutations: EntityProviderMutation[];
let now: number;

/** Deltas and fulls in short: `full: a, b` or `delta: +a -b`. */
function told(): string[] {
  return mutations.map(mutation =>
    mutation.type === 'full'
      ? `full: ${mutation.entities.map(({ entity }) => stringifyEntityRef(entity)).join(' ')}`
      : `delta: ${[
          ...mutation.added.map(({ entity }) => `+${stringifyEntityRef(entity)}`),
          ...mutation.removed.map(removed => `-${'entityRef' in removed ? removed.entityRef : ''}`),
        ].join(' ')}`,
  );
}

beforeEach(async () => {
  mutations = [];
  now = 0;
  first = await startKubernetesHomelab({ seed: 'todo-app' });
  second = await startKubernetesHomelab({ seed: 'empty', name: 'second' });
  const config = new ConfigReader(portalConfigOf([clusterConfigOf(first), clusterConfigOf(second)]));
  readers = ClusterReaders.fromConfig(config, {
    timeoutMs: 300,
    delay: () => new Promise(resolve => setTimeout(resolve, 5)),
  });
  provider = new WorkloadEntityProvider({
    readers,
    ownership: Ownership.fromConfig(config),
    taskRunner: { run: async () => {} },
    logger: mockServices.logger.mock(),
    now: () => now,
  });
  await provider.connect({
    applyMutation: async mutation => {
      mutations.push(mutation);
    },
    refresh: async () => {},
  });
});
afterEach(async () => {
  provider.close();
  await readers.close();
  await first.close();
  await second.close();
});

const everything =
  'full: resource:default/homelab-k3s resource:default/second ' +
  'component:default/homelab-k3s.caloguessr.caloguessr component:default/homelab-k3s.microservices.backend component:default/todo-frontend';

describe('WorkloadEntityProvider', () => {
  it('tells everything once, then only what changes, and everything again after ten minutes', async () => {
    await provider.refresh(signal);
    expect(told().map(line => line.split(' ').sort())).toEqual([everything.split(' ').sort()]);
    expect(
      mutations[0].type === 'full' && mutations[0].entities.every(({ locationKey }) => locationKey === undefined),
    ).toBe(true);

    await provider.refresh(signal);
    expect(mutations).toHaveLength(1);

    first.objects.delete('Deployment', 'caloguessr', 'caloguessr');
    await eventually(
      () => readers.get('homelab-k3s').findWorkload('Deployment', { namespace: 'caloguessr', name: 'caloguessr' }),
      found => !found,
    );
    await provider.refresh(signal);
    expect(told()[1]).toBe('delta: -component:default/homelab-k3s.caloguessr.caloguessr');

    now += 10 * minute;
    await provider.refresh(signal);
    expect(told()[2]).toMatch(/^full: /);
    expect(first.journal.count(({ path }) => path.endsWith('/deployments'))).toBe(2); // one list, one watch
    expect(first.journal.count(({ path }) => path.endsWith('/pods'))).toBe(0);
  });

  it('removes nothing while a cluster was not read yet: absent is not failed', async () => {
    const outage = second.faults.always({ path: '*' }, { status: 503 });
    await provider.refresh(signal);
    expect(told()[0]).toMatch(/^delta: \+/);
    expect(told()[0]).toContain('+component:default/todo-frontend');
    now += 10 * minute;
    await provider.refresh(signal);
    expect(mutations).toHaveLength(1);

    outage[Symbol.dispose]();
    await eventually(
      () => readers.get('second').deployments.state.status,
      status => status === 'live',
    );
    await provider.refresh(signal);
    expect(told()[1]).toMatch(/^full: /);
  });

  it('keeps what a cluster held while that cluster fails', async () => {
    await provider.refresh(signal);
    const outage = first.faults.always({ path: '*' }, { status: 503 });
    first.closeWatches();
    await eventually(
      () => readers.get('homelab-k3s').deployments.state.status,
      status => status === 'stale',
    );
    now += 10 * minute;
    await provider.refresh(signal);
    expect(told()[1].split(' ').sort()).toEqual(everything.split(' ').sort());
    outage[Symbol.dispose]();
  });
});
