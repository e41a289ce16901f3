import { workloadKindSchema } from '@leitstand/plugin-rollouts-common';
import fc from 'fast-check';
import { deploymentOf } from '../__testUtils__/kubernetesFixtures';
import { discoveredEntityRefOf } from './discoveredEntity';

const part = fc.oneof(
  fc.constantFrom('a', 'statefulset', 'daemonset', 'cronjob', 'deployment', 'statefulset.a', 'a.statefulset'),
  fc.stringMatching(/^[a-z0-9]([a-z0-9.-]{0,8}[a-z0-9])?$/),
);
const workload = fc.record({
  cluster: part,
  namespace: part,
  kind: fc.constantFrom(...workloadKindSchema.options),
  name: part,
});

describe('discoveredEntityRefOf', () => {
  it('says the kind of everything but a Deployment', () => {
    const refs = workloadKindSchema.options.map(kind => discoveredEntityRefOf('k3s', deploymentOf(), kind));
    expect(refs).toEqual([
      'component:default/k3s.shop.web',
      'component:default/k3s.shop.statefulset.web',
      'component:default/k3s.shop.daemonset.web',
      'component:default/k3s.shop.cronjob.web',
    ]);
  });

  it('gives different workloads different entities, whatever their kinds', () => {
    fc.assert(
      fc.property(workload, workload, (one, other) => {
        fc.pre(JSON.stringify(one) !== JSON.stringify(other));
        const refOf = ({ cluster, kind, ...facts }: typeof one) =>
          discoveredEntityRefOf(cluster, deploymentOf(facts), kind);
        expect(refOf(one)).not.toBe(refOf(other));
      }),
      { numRuns: 500 },
    );
  });
});
