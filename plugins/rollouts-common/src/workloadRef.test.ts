import fc from 'fast-check';
import { workloadRefOf, workloadRefOfTopic, workloadTopic } from './workloadRef';

const annotations = {
  'backstage.io/kubernetes-cluster': 'k3s',
  'backstage.io/kubernetes-namespace': 'shop',
  'backstage.io/kubernetes-id': 'web',
};

function entityOf(annotated: Record<string, string> | undefined) {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name: 'web', annotations: annotated },
  };
}

describe('workloadRefOf', () => {
  it('needs all three annotations', () => {
    expect(workloadRefOf(entityOf(annotations))).toEqual({
      cluster: 'k3s',
      namespace: 'shop',
      kind: 'Deployment',
      name: 'web',
    });
    expect(workloadRefOf(entityOf(undefined))).toBeUndefined();
    for (const missing of Object.keys(annotations)) {
      expect(workloadRefOf(entityOf({ ...annotations, [missing]: '' }))).toBeUndefined();
    }
  });
});

describe('workloadTopic', () => {
  it('is read back, whatever the names', () => {
    const name = fc.string({ minLength: 1, unit: 'grapheme' });
    fc.assert(
      fc.property(name, name, name, (cluster, namespace, workload) => {
        const ref = { cluster, namespace, kind: 'Deployment' as const, name: workload };
        expect(workloadRefOfTopic(workloadTopic(ref))).toEqual(ref);
      }),
    );
  });

  it.each(['rollouts:workload/a/b', 'rollouts:workload/a/b/c/d', 'rollouts:workload/%/b/c', 'operations:run/1'])(
    'takes %s for no topic of its own',
    topic => {
      expect(workloadRefOfTopic(topic)).toBeUndefined();
    },
  );
});
