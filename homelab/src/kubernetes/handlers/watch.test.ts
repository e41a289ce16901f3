import { ManualClock } from '../../core';
import { ask, clientsFor, eventually } from '../__testUtils__/cluster';
import { startKubernetesHomelab, type KubernetesHomelab } from '../startKubernetesHomelab';

interface Seen {
  type: string;
  name: string;
  resourceVersion: string;
  object: { code?: number; reason?: string };
}

const pods = '/api/v1/namespaces/microservices/pods';

/** Opens a watch with the official client; it is aborted by `close`. */
async function openWatch(cluster: KubernetesHomelab, query: Record<string, string> = {}, path = pods) {
  const seen: Seen[] = [];
  const state = { isEnded: false, error: undefined as unknown };
  const controller = await (
    await clientsFor(cluster)
  ).watch.watch(
    path,
    query,
    (type, object) => {
      const { metadata = {} } = object as { metadata?: { name?: string; resourceVersion?: string } };
      seen.push({
        type,
        name: metadata.name ?? '',
        resourceVersion: metadata.resourceVersion ?? '',
        object: object as object,
      });
    },
    error => {
      state.isEnded = true;
      state.error = error;
    },
  );
  return { seen, state, close: () => controller.abort() };
}

function event(name: string, labels: Record<string, string> = {}) {
  return {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name, namespace: 'microservices', labels },
  };
}

const accounts = '/api/v1/namespaces/microservices/serviceaccounts';

describe('watch', () => {
  it('begins with what is there when no version is given', async () => {
    await using cluster = await startKubernetesHomelab();
    const watch = await openWatch(cluster);
    await eventually(() => watch.seen.length === 5);
    expect(new Set(watch.seen.map(item => item.type))).toEqual(new Set(['ADDED']));
    watch.close();
    await eventually(() => cluster.openWatchCount === 0);
  });

  it('goes on from a version without a gap, and flushes its headers before there is anything to say', async () => {
    await using cluster = await startKubernetesHomelab({ seed: 'todo-app' });
    const before = String(cluster.resourceVersion);
    cluster.objects.create(event('first'));
    const watch = await openWatch(cluster, { resourceVersion: before }, accounts);
    await eventually(() => watch.seen.length === 1);
    cluster.objects.create(event('second'));
    cluster.objects.delete('ServiceAccount', 'microservices', 'first');
    await eventually(() => watch.seen.length === 3);
    expect(watch.seen.map(({ type, name }) => `${type} ${name}`)).toEqual([
      'ADDED first',
      'ADDED second',
      'DELETED first',
    ]);
    expect(Number(watch.seen[2].resourceVersion)).toBe(cluster.resourceVersion);
    watch.close();
  });

  it('shows what begins and ceases to match a selector as added and deleted', async () => {
    await using cluster = await startKubernetesHomelab();
    const watch = await openWatch(
      cluster,
      { labelSelector: 'team=todo', resourceVersion: String(cluster.resourceVersion) },
      accounts,
    );
    const created = cluster.objects.create(event('one'));
    const labelled = cluster.objects.replace({
      ...created,
      metadata: { ...created.metadata, labels: { team: 'todo' } },
    });
    const again = cluster.objects.replace({
      ...labelled,
      metadata: { ...labelled.metadata, labels: { team: 'todo', a: 'b' } },
    });
    cluster.objects.replace({ ...again, metadata: { ...again.metadata, labels: {} } });
    await eventually(() => watch.seen.length === 3);
    expect(watch.seen.map(item => item.type)).toEqual(['ADDED', 'MODIFIED', 'DELETED']);
    expect(watch.seen[2].resourceVersion).toBe(String(cluster.resourceVersion));
    watch.close();
  });

  it('answers a forgotten version with 200 and an ERROR event that says 410 Expired, then ends', async () => {
    await using cluster = await startKubernetesHomelab();
    const before = String(cluster.resourceVersion);
    cluster.objects.create(event('one'));
    cluster.compact();
    const { status, body } = await ask(cluster, `${pods}?watch=1&resourceVersion=${before}`);
    expect(status).toBe(200);
    expect(body).toEqual({
      type: 'ERROR',
      object: {
        kind: 'Status',
        apiVersion: 'v1',
        metadata: {},
        status: 'Failure',
        message: `too old resource version: ${before} (${cluster.resourceVersion})`,
        reason: 'Expired',
        code: 410,
      },
    });
    expect(cluster.openWatchCount).toBe(0);
    const present = await openWatch(cluster, { resourceVersion: String(cluster.resourceVersion) });
    expect(present.state.isEnded).toBe(false);
    present.close();
  });

  it('can also be refused with the HTTP status 410', async () => {
    await using cluster = await startKubernetesHomelab();
    cluster.faults.next({ path: pods }, { status: 410 });
    expect(await ask(cluster, `${pods}?watch=1&resourceVersion=1`)).toMatchObject({
      status: 410,
      body: { reason: 'Expired' },
    });
  });

  it('sends bookmarks to those who allow them, and ends after timeoutSeconds', async () => {
    const clock = new ManualClock();
    await using cluster = await startKubernetesHomelab({ clock, bookmarkIntervalMs: 1_000 });
    const resourceVersion = String(cluster.resourceVersion);
    const query = { resourceVersion, allowWatchBookmarks: 'true', timeoutSeconds: '5' };
    const watch = await openWatch(cluster, query, accounts);
    const silent = await openWatch(cluster, { resourceVersion }, accounts);
    clock.advance(2_500);
    await eventually(() => watch.seen.length === 2);
    expect(watch.seen[1]).toMatchObject({ type: 'BOOKMARK', resourceVersion: String(cluster.resourceVersion) });
    clock.advance(3_000);
    await eventually(() => watch.state.isEnded);
    expect(silent.seen).toEqual([]);
    expect(silent.state.isEnded).toBe(false);
    silent.close();
  });

  it('ends when all watches are cut, and lets the client come back', async () => {
    await using cluster = await startKubernetesHomelab();
    const watch = await openWatch(cluster, { resourceVersion: String(cluster.resourceVersion) });
    cluster.closeWatches();
    await eventually(() => watch.state.isEnded);
    cluster.objects.create(event('later'));
    const resumed = await openWatch(cluster, { resourceVersion: String(cluster.resourceVersion - 1) }, accounts);
    await eventually(() => resumed.seen.length === 1);
    resumed.close();
  });

  it('stays silent for a version of the future until it is passed', async () => {
    await using cluster = await startKubernetesHomelab();
    const watch = await openWatch(cluster, { resourceVersion: String(cluster.resourceVersion + 1) }, accounts);
    cluster.objects.create(event('skipped'));
    cluster.objects.create(event('seen'));
    await eventually(() => watch.seen.length === 1);
    expect(watch.seen[0].name).toBe('seen');
    watch.close();
  });

  it('refuses initial events as a server without WatchList, and versions that are none', async () => {
    await using cluster = await startKubernetesHomelab();
    expect(await ask(cluster, `${pods}?watch=1&sendInitialEvents=true`)).toMatchObject({
      status: 422,
      body: { reason: 'Invalid', message: expect.stringContaining('WatchList feature gate') },
    });
    expect(await ask(cluster, `${pods}?watch=1&resourceVersion=abc`)).toMatchObject({ status: 400 });
  });
});
