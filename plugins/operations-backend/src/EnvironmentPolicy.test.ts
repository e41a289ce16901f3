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
