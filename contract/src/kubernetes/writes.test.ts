import { deployment, images, until } from './deployments';
import { openTarget, type Target } from './target';

const name = 'writes';

let target: Target;

beforeAll(async () => {
  target = await openTarget();
  const body = deployment(name, images.first);
  if (body.spec) body.spec.paused = true;
  await target.admin.apps.createNamespacedDeployment({ namespace: target.namespace, body });
  // The controller's own first writes must be over, so that they do not meet the ones of the scenarios.
  const isObserved = ({ metadata, status }: Awaited<ReturnType<typeof read>>) =>
    status?.observedGeneration === metadata?.generation && status?.conditions?.length === 2;
  await until(target, read, isObserved);
});

afterAll(() => target[Symbol.asyncDispose]());

async function mergePatch(body: object, options: { clients?: Target['admin']; dryRun?: string } = {}) {
  const { PatchStrategy, setHeaderOptions } = await import('@kubernetes/client-node');
  const { clients = target.admin, ...rest } = options;
  return clients.apps.patchNamespacedDeployment(
    { namespace: target.namespace, name, body, ...rest },
    setHeaderOptions('Content-Type', PatchStrategy.MergePatch),
  );
}

function read() {
  return target.admin.apps.readNamespacedDeployment({ namespace: target.namespace, name });
}

describe('a dry run', () => {
  it('answers as if it had happened and changes nothing', async () => {
    const { namespace, admin } = target;
    const before = await read();
    const patched = await mergePatch({ spec: { replicas: 5 } }, { dryRun: 'All' });
    expect(patched.spec?.replicas).toBe(5);
    expect(patched.metadata?.generation).toBe((before.metadata?.generation ?? 0) + 1);
    const replaced = await admin.apps.replaceNamespacedDeployment({
      namespace,
      name,
      body: { ...before, spec: { ...before.spec!, replicas: 4 } },
      dryRun: 'All',
    });
    expect(replaced.spec?.replicas).toBe(4);
    await admin.apps.deleteNamespacedDeployment({ namespace, name, dryRun: 'All' });
    const after = await read();
    expect(after.spec).toEqual(before.spec);
    expect(after.metadata?.uid).toBe(before.metadata?.uid);
  });

  it('finds the same mistakes', async () => {
    await expect(mergePatch({ spec: { replicas: -1 } }, { dryRun: 'All' })).rejects.toMatchObject({ code: 422 });
  });
});

describe('a write', () => {
  it('is refused on an old version', async () => {
    const { namespace, admin } = target;
    const body = await read();
    await mergePatch({ metadata: { labels: { touched: String(Date.now()) } } });
    await expect(admin.apps.replaceNamespacedDeployment({ namespace, name, body })).rejects.toMatchObject({
      code: 409,
      body: expect.stringContaining('the object has been modified'),
    });
  });

  it('raises the generation for spec and annotations of a Deployment, and not for labels', async () => {
    const generation = (await read()).metadata?.generation ?? 0;
    const labelled = await mergePatch({ metadata: { labels: { contract: 'yes' } } });
    expect(labelled.metadata?.generation).toBe(generation);
    const annotated = await mergePatch({ metadata: { annotations: { contract: 'yes' } } });
    expect(annotated.metadata?.generation).toBe(generation + 1);
  });

  it('without the right is refused with 403 in the words of Kubernetes', async () => {
    const refused = mergePatch({ spec: { replicas: 0 } }, { clients: target.restricted });
    await expect(refused).rejects.toMatchObject({ code: 403 });
    await expect(refused).rejects.toMatchObject({
      body: expect.stringMatching(
        /deployments\.apps \\"writes\\" is forbidden: User \\"system:serviceaccount:[\w-]+:[\w-]+\\" cannot patch resource \\"deployments\\" in API group \\"apps\\" in the namespace \\"leitstand-contract-/,
      ),
    });
  });

  it('with a token that nobody knows is refused with 401', async () => {
    await expect(mergePatch({}, { clients: target.unknown })).rejects.toMatchObject({ code: 401 });
  });
});
