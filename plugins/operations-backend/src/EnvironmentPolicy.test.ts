import { ConfigReader } from '@backstage/config';
import { EnvironmentPolicy } from './EnvironmentPolicy';

function policyOf(operations: object): EnvironmentPolicy {
  return EnvironmentPolicy.fromConfig(new ConfigReader({ operations: operations as never }));
}

const target = { system: 'k3s', cluster: 'k3s', namespace: 'shop', kind: 'Deployment', name: 'web' };

describe('EnvironmentPolicy', () => {
  const policy = policyOf({
    environments: [
      { name: 'production', clusters: ['k3s'], namespaces: ['shop', 'pay'] },
      { name: 'staging', clusters: ['k3s'] },
      { name: 'desk', namespaces: ['me'] },
    ],
    policies: [
      { environment: 'production', reason: 'required', confirmation: 'required' },
      { environment: 'staging', reason: 'optional', confirmation: 'required' },
    ],
  });

  it.each([
    { place: { cluster: 'k3s', namespace: 'shop' }, environment: 'production', reason: true, confirmation: true },
    { place: { cluster: 'k3s', namespace: 'other' }, environment: 'staging', reason: false, confirmation: true },
    { place: { cluster: 'k3s', namespace: undefined }, environment: 'staging', reason: false, confirmation: true },
    { place: { cluster: 'gke', namespace: 'me' }, environment: 'desk', reason: false, confirmation: false },
    { place: { cluster: 'gke', namespace: 'shop' }, environment: undefined, reason: false, confirmation: false },
    { place: { cluster: undefined, namespace: undefined }, environment: undefined, reason: false, confirmation: false },
  ])('$place is in $environment', ({ place, environment, reason, confirmation }) => {
    expect(policy.environmentOf({ ...target, ...place })).toBe(environment);
    expect(policy.requirementsOf(environment)).toEqual({ reason, confirmation });
  });

  it('goes by labels of the entity too, where all of them fit', () => {
    const labelled = policyOf({
      environments: [
        { name: 'critical', clusters: ['k3s'], labels: { 'example.com/tier': '1', audited: 'yes' } },
        { name: 'rest' },
      ],
    });
    const entityWith = (labels?: Record<string, string>) => ({
      ...{ apiVersion: 'backstage.io/v1alpha1', kind: 'Component', metadata: { name: 'web', labels } },
    });
    const both = { 'example.com/tier': '1', audited: 'yes', other: 'x' };
    expect(labelled.environmentOf(target, entityWith(both))).toBe('critical');
    expect(labelled.environmentOf({ ...target, cluster: 'gke' }, entityWith(both))).toBe('rest');
    for (const entity of [entityWith({ 'example.com/tier': '1' }), entityWith(), undefined]) {
      expect(labelled.environmentOf(target, entity)).toBe('rest');
    }
    expect(() => policyOf({ environments: [{ name: 'critical', labels: ['tier'] }] })).toThrow(/labels of critical/);
  });

  it('has a last environment for everything else, and works without any', () => {
    const all = policyOf({ environments: [{ name: 'development' }] });
    expect(all.environmentOf({ ...target, cluster: undefined, namespace: undefined })).toBe('development');
    expect(policyOf({}).environmentOf(target)).toBeUndefined();
  });

  it.each([
    { policies: [{ environment: 'nowhere' }], message: /names the environment nowhere/ },
    { policies: [{ environment: 'here', reason: 'none' }], message: /reason must be required or optional, not none/ },
    { policies: [{ environment: 'here', confirmation: 'yes' }], message: /confirmation must be required or none/ },
  ])('refuses $policies', ({ policies, message }) => {
    expect(() => policyOf({ environments: [{ name: 'here' }], policies })).toThrow(message);
  });
});
