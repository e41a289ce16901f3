import type { V1ReplicaSet } from '@kubernetes/client-node';
import { deployment, images, isRolledOut, until } from './deployments';
import { openTarget, type Target } from './target';

jest.setTimeout(400_000);

const name = 'rollback';
const revisionAnnotation = 'deployment.kubernetes.io/revision';

let target: Target;

beforeAll(async () => {
  target = await openTarget();
});

afterAll(() => target[Symbol.asyncDispose]());

function read() {
  return target.admin.apps.readNamespacedDeployment({ namespace: target.namespace, name });
}

/** ReplicaSets by revision, the newest first. */
async function replicaSets(): Promise<V1ReplicaSet[]> {
  const { namespace, admin } = target;
  const { items } = await admin.apps.listNamespacedReplicaSet({ namespace, labelSelector: `app=${name}` });
  return items.sort((left, right) => revisionOf(right) - revisionOf(left));
}

function revisionOf(item: V1ReplicaSet): number {
  return Number(item.metadata?.annotations?.[revisionAnnotation]);
}

async function patch(body: object[], options: { dryRun?: string } = {}) {
  const { PatchStrategy, setHeaderOptions } = await import('@kubernetes/client-node');
  const request = { namespace: target.namespace, name, body, fieldManager: 'contract', ...options };
  return target.admin.apps.patchNamespacedDeployment(
    request,
    setHeaderOptions('Content-Type', PatchStrategy.JsonPatch),
  );
}

/** The patch of `kubectl rollout undo`: the template without its hash, under a test that nobody was faster. */
async function undoPatch(): Promise<object[]> {
  const [, previous] = await replicaSets();
  const { metadata } = await read();
  const template = structuredClone(previous.spec?.template);
  delete template?.metadata?.labels?.['pod-template-hash'];
  return [
    { op: 'test', path: '/metadata/uid', value: metadata?.uid },
    { op: 'test', path: '/metadata/generation', value: metadata?.generation },
    { op: 'replace', path: '/spec/template', value: template },
    {
      op: 'replace',
      path: '/metadata/annotations/kubernetes.io~1change-cause',
      value: previous.metadata?.annotations?.['kubernetes.io/change-cause'],
    },
  ];
}

describe('a rollback as kubectl does it', () => {
  it('brings the old ReplicaSet back under the next revision', async () => {
    const { namespace, admin } = target;
    await admin.apps.createNamespacedDeployment({ namespace, body: deployment(name, images.first) });
    await until(target, read, isRolledOut);
    const [original] = await replicaSets();

    await patch([
      { op: 'replace', path: '/spec/template/spec/containers/0/image', value: images.missing },
      { op: 'replace', path: '/metadata/annotations/kubernetes.io~1change-cause', value: `use ${images.missing}` },
    ]);
    const pods = () => admin.core.listNamespacedPod({ namespace, labelSelector: `app=${name}` });
    const { items } = await until(target, pods, list =>
      list.items.some(pod =>
        /^(ErrImagePull|ImagePullBackOff)$/.test(pod.status?.containerStatuses?.[0]?.state?.waiting?.reason ?? ''),
      ),
    );
    expect(items.filter(pod => pod.status?.phase === 'Running')).toHaveLength(2);

    const undo = await undoPatch();
    const before = await read();
    await patch(undo, { dryRun: 'All' });
    expect((await read()).spec).toEqual(before.spec);
    await patch(undo);
    const after = await until(target, read, isRolledOut);

    expect(after.spec?.template.spec?.containers[0].image).toBe(images.first);
    expect(after.metadata?.annotations).toMatchObject({
      [revisionAnnotation]: '3',
      'kubernetes.io/change-cause': `use ${images.first}`,
    });
    const [newest, older] = await replicaSets();
    expect(newest.metadata?.uid).toBe(original.metadata?.uid);
    expect(newest.metadata?.annotations).toMatchObject({
      [revisionAnnotation]: '3',
      'deployment.kubernetes.io/revision-history': '1',
    });
    expect([revisionOf(older), older.spec?.replicas]).toEqual([2, 0]);
    const progress = after.status?.conditions?.find(condition => condition.type === 'Progressing');
    expect(progress).toMatchObject({ status: 'True', reason: 'NewReplicaSetAvailable' });
  });

  it('is refused when somebody was faster', async () => {
    const undo = await undoPatch();
    await patch([{ op: 'replace', path: '/spec/progressDeadlineSeconds', value: 500 }]);
    await expect(patch(undo)).rejects.toMatchObject({ code: 422 });
  });
});
