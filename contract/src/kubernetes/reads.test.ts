import { deployment, images } from './deployments';
import { openTarget, type Target } from './target';

let target: Target;

beforeAll(async () => {
  target = await openTarget();
});

afterAll(() => target[Symbol.asyncDispose]());

interface Seen {
  type: string;
  name?: string;
  code?: number;
}

/** Watches until enough was seen, or until the server ends it. */
async function watchUntil(
  path: string,
  query: Record<string, string | undefined>,
  isEnough: (seen: Seen[]) => boolean,
): Promise<Seen[]> {
  const seen: Seen[] = [];
  const { promise, resolve } = deferred<void>();
  const controller = await target.admin.watch.watch(
    path,
    query,
    (type, object) => {
      const { metadata, code } = object as { metadata?: { name?: string }; code?: number };
      seen.push({ type, name: metadata?.name, code });
      if (isEnough(seen)) resolve();
    },
    () => resolve(),
  );
  await promise;
  controller.abort();
  return seen;
}

function deferred<T>() {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>(settle => {
    resolve = settle;
  });
  return { promise, resolve };
}

describe('list and watch', () => {
  it('go together without a gap: what happens after the list comes by the watch', async () => {
    const { namespace, admin } = target;
    const list = await admin.core.listNamespacedServiceAccount({ namespace, labelSelector: 'contract=watch' });
    expect(list.items).toEqual([]);
    const metadata = { name: 'first', labels: { contract: 'watch' } };
    await admin.core.createNamespacedServiceAccount({ namespace, body: { metadata } });
    const query = { resourceVersion: list.metadata?.resourceVersion, labelSelector: 'contract=watch' };
    const path = `/api/v1/namespaces/${namespace}/serviceaccounts`;
    const watching = watchUntil(path, query, seen => seen.length === 3);
    await admin.core.createNamespacedServiceAccount({ namespace, body: { metadata: { ...metadata, name: 'second' } } });
    await admin.core.deleteNamespacedServiceAccount({ namespace, name: 'first' });
    expect((await watching).map(({ type, name }) => `${type} ${name}`)).toEqual([
      'ADDED first',
      'ADDED second',
      'DELETED first',
    ]);
  });

  it('answer a version that is long forgotten with an ERROR event 410', async () => {
    const path = `/api/v1/namespaces/${target.namespace}/pods`;
    // Ended by the server, should it have forgotten nothing yet.
    const query = { resourceVersion: '1', timeoutSeconds: '5' };
    const [first] = await watchUntil(path, query, seen => seen.length > 0);
    expect(first).toMatchObject({ type: 'ERROR', code: 410 });
  });

  it('page with an opaque token through one state', async () => {
    const { namespace, admin } = target;
    for (const name of ['page-a', 'page-b', 'page-c']) {
      await admin.core.createNamespacedServiceAccount({
        namespace,
        body: { metadata: { name, labels: { contract: 'page' } } },
      });
    }
    const selection = { namespace, labelSelector: 'contract=page', limit: 2 };
    const first = await admin.core.listNamespacedServiceAccount(selection);
    await admin.core.deleteNamespacedServiceAccount({ namespace, name: 'page-c' });
    const token = first.metadata?._continue ?? '';
    const second = await admin.core.listNamespacedServiceAccount({ ...selection, _continue: token });
    const names = [...first.items, ...second.items].map(item => item.metadata?.name);
    expect(names).toEqual(['page-a', 'page-b', 'page-c']);
    expect(second.metadata?.resourceVersion).toBe(first.metadata?.resourceVersion);
    expect(second.metadata?._continue).toBeFalsy();
  });

  it('fill in the defaults of a Deployment', async () => {
    const { namespace, admin } = target;
    const created = await admin.apps.createNamespacedDeployment({
      namespace,
      body: deployment('defaults', images.first),
      dryRun: 'All',
    });
    expect(created.metadata?.generation).toBe(1);
    expect(created.spec).toMatchObject({
      revisionHistoryLimit: 10,
      progressDeadlineSeconds: 600,
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } },
      template: {
        spec: {
          restartPolicy: 'Always',
          dnsPolicy: 'ClusterFirst',
          schedulerName: 'default-scheduler',
          securityContext: {},
          containers: [
            {
              imagePullPolicy: 'IfNotPresent',
              terminationMessagePath: '/dev/termination-log',
              terminationMessagePolicy: 'File',
              resources: {},
            },
          ],
        },
      },
    });
  });
});
