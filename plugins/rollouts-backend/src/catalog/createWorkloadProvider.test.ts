import { TestDatabases, type TestDatabaseId } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { startKubernetesHomelab, type KubernetesHomelab } from '@leitstand/homelab';
import type { Knex } from 'knex';
import { clusterConfigOf, portalConfigOf } from '../__testUtils__/homelabConfig';
import { startProvider, type StartProviderOptions } from '../__testUtils__/startProvider';
import { migrationsConfig } from '@leitstand/plugin-discovery-node';
import { eventually } from '@leitstand/plugin-kit-node/testUtils';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const minute = 60_000;

let first: KubernetesHomelab;
let second: KubernetesHomelab;
let knex: Knex;

beforeEach(async () => {
  first = await startKubernetesHomelab({ seed: 'todo-app' });
  second = await startKubernetesHomelab({ seed: 'empty', name: 'second' });
});
afterEach(async () => {
  await first.close();
  await second.close();
});

async function openDatabase(databaseId: TestDatabaseId) {
  knex = await databases.init(databaseId);
  await knex.migrate.latest(migrationsConfig);
}

function start(options: Partial<StartProviderOptions> & { catalog?: object } = {}) {
  const { catalog, ...rest } = options;
  const schedule = { initialDelaySeconds: 0, frequencySeconds: 0.05 };
  const config = new ConfigReader({
    ...portalConfigOf([clusterConfigOf(first), clusterConfigOf(second)]),
    rollouts: { catalog: { schedule, ...catalog } },
  });
  return startProvider({ config, knex, ...rest });
}

const count = (wanted: number) => (told: string[]) => told.length >= wanted;
const sleep = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));

const caloguessr = 'component:default/homelab-k3s.caloguessr.caloguessr';
const everything =
  `full: ${caloguessr} component:default/homelab-k3s.microservices.backend component:default/todo-frontend ` +
  'resource:default/homelab-k3s resource:default/second';

function createWorkload(kind: 'StatefulSet' | 'Deployment', name: string, labels = {}): void {
  const podLabels = { app: name };
  first.objects.create({
    apiVersion: 'apps/v1',
    kind,
    metadata: { name, namespace: 'microservices', labels },
    spec: {
      replicas: 0,
      selector: { matchLabels: podLabels },
      template: { metadata: { labels: podLabels }, spec: { containers: [{ name: 'app', image: 'nginx:1.28' }] } },
    },
  });
}

describe('createWorkloadProvider', () => {
  beforeEach(() => openDatabase('SQLITE_3'));

  it('tells everything once, then only what changes, and everything again after ten minutes', async () => {
    let now = 0;
    await using running = await start({ now: () => now });
    await eventually(() => running.told, count(1));
    expect(running.told).toEqual([everything]);
    const [full] = running.mutations;
    expect(full.type === 'full' && full.entities.every(({ locationKey }) => locationKey === undefined)).toBe(true);

    first.objects.delete('Deployment', 'caloguessr', 'caloguessr');
    await eventually(() => running.told, count(2));
    expect(running.told[1]).toBe(`delta: -${caloguessr}`);

    createWorkload('StatefulSet', 'store');
    await eventually(() => running.told, count(3));
    expect(running.told[2]).toBe('delta: +component:default/homelab-k3s.microservices.statefulset.store');

    now += 10 * minute;
    await eventually(() => running.told, count(4));
    expect(running.told[3]).toMatch(/^full: /);
    expect(first.journal.count(({ path }) => path.endsWith('/deployments'))).toBe(2); // one list, one watch
    expect(first.journal.count(({ path }) => path.endsWith('/pods'))).toBe(0);
  });

  it('removes nothing while a cluster was not read yet: absent is not failed', async () => {
    let now = 0;
    const outage = second.faults.always({ path: '*' }, { status: 503 });
    await using running = await start({ now: () => now });
    await eventually(() => running.told, count(1));
    expect(running.told[0]).toMatch(/^delta: \+/);
    expect(running.told[0]).toContain('+component:default/todo-frontend');
    now += 10 * minute;
    await sleep(200);
    expect(running.mutations).toHaveLength(1);

    outage[Symbol.dispose]();
    await eventually(() => running.told, count(2));
    expect(running.told[1]).toBe(everything);
  });

  it('keeps what a cluster held while that cluster fails', async () => {
    let now = 0;
    await using running = await start({ now: () => now });
    await eventually(() => running.told, count(1));
    using _outage = first.faults.always({ path: '*' }, { status: 503 });
    first.closeWatches();
    await eventually(
      () => running.readers.get('homelab-k3s').deployments.state.status,
      status => status === 'stale',
    );
    now += 10 * minute;
    await eventually(() => running.told, count(2));
    expect(running.told[1]).toBe(everything);
    const { items } = await eventually(
      () => running.statuses.list(),
      list => list.items[0].state === 'incomplete',
    );
    expect(items[0]).toMatchObject({
      source: 'homelab-k3s',
      error: { message: expect.stringContaining('homelab-k3s') },
    });
  });

  it('says how it stands, with what it left out and why', async () => {
    createWorkload('Deployment', 'hidden', { stage: 'test' });
    createWorkload('StatefulSet', 'store');
    const catalog = { kinds: ['Deployment'], labelSelector: '!stage', namespaces: { exclude: ['calo*'] } };
    await using running = await start({ catalog });
    const list = await eventually(
      () => running.statuses.list(),
      ({ items }) => items.length === 2,
    );
    expect(list.writers).toEqual([{ provider: 'rollouts-workloads', process: 'test', until: expect.any(String) }]);
    const [status, other] = list.items;
    expect(status).toEqual({
      provider: 'rollouts-workloads',
      source: 'homelab-k3s',
      state: 'complete',
      lastRunAt: expect.any(String),
      lastCompleteAt: expect.any(String),
      entityCount: 3,
      leftOut: expect.arrayContaining([
        expect.objectContaining({ what: 'caloguessr', count: 1, reason: expect.stringContaining('(calo*)') }),
        expect.objectContaining({ what: 'microservices', count: 1, reason: expect.stringContaining('(!stage)') }),
        { what: 'StatefulSet', count: 1, reason: 'kind not in rollouts.catalog.kinds' },
      ]),
      notes: [],
    });
    expect(other).toMatchObject({ source: 'second', state: 'complete', entityCount: 1, leftOut: [] });
  });
});

describe.each(databases.eachSupportedId())('several providers on %s', databaseId => {
  beforeEach(() => openDatabase(databaseId));

  it('have one writer at a time, and the next at once when it is closed', async () => {
    await using a = await start({ holder: 'a' });
    await eventually(() => a.told, count(1));
    await using b = await start({ holder: 'b' });
    createWorkload('Deployment', 'later');
    await eventually(() => a.told, count(2));
    expect(b.mutations).toEqual([]);
    expect(b.readers.get('homelab-k3s').deployments.state.status).toBe('stopped');
    expect((await b.statuses.list()).writers[0]?.process).toBe('a');

    await a.provider.close();
    await eventually(() => b.told, count(1));
    expect(b.told[0]).toMatch(/^full: .*later/);
    expect((await a.statuses.list()).writers[0]?.process).toBe('b');

    first.objects.delete('Deployment', 'microservices', 'later');
    await eventually(() => b.told, count(2));
    expect(a.mutations).toHaveLength(2);
  });

  it('stop at once when they lose the lease', async () => {
    await using running = await start();
    await eventually(() => running.told, count(1));
    await knex('leitstand_leases').update({ holder: 'other', fence: 100, until_ms: Date.now() + minute });
    createWorkload('Deployment', 'later');
    await sleep(1_000);
    expect(running.mutations).toHaveLength(1);
    expect((await running.statuses.list()).writers[0]?.process).toBe('other');
  });
});
