import { operationPlanRules, type OperationPlanResource } from './operationPlanRules';

const resource: OperationPlanResource = {
  operation: 'rollouts-rollback',
  entityRef: 'component:default/shop',
  confirmedOwners: ['group:default/shop-team'],
  target: { system: 'k3s', cluster: 'k3s', namespace: 'shop', kind: 'Deployment', name: 'web' },
  environment: 'production',
  input: {},
  requester: 'user:default/olga',
};
const nowhere: OperationPlanResource = {
  ...resource,
  confirmedOwners: [],
  target: { system: 'lake', kind: 'Bucket', name: 'raw' },
  environment: undefined,
};
const { isOwner, isOperation, isCluster, isNamespace, isEnvironment, isNotRequester, isWithinReplicaLimit } =
  operationPlanRules;

describe('operationPlanRules', () => {
  it('IS_OWNER looks at confirmed owners, not at the requester', () => {
    expect(isOwner.apply(resource, { claims: ['user:default/olga', 'group:default/shop-team'] })).toBe(true);
    expect(isOwner.apply(resource, { claims: ['user:default/olga'] })).toBe(false);
    expect(isOwner.apply(nowhere, { claims: ['group:default/shop-team'] })).toBe(false);
  });

  it.each([
    { of: (r: OperationPlanResource, names: string[]) => isCluster.apply(r, { clusters: names }), name: 'k3s' },
    { of: (r: OperationPlanResource, names: string[]) => isNamespace.apply(r, { namespaces: names }), name: 'shop' },
    {
      of: (r: OperationPlanResource, names: string[]) => isEnvironment.apply(r, { environments: names }),
      name: 'production',
    },
  ])('a place is one of the given, and no place is none of them: $name', ({ of, name }) => {
    expect(of(resource, ['other', name])).toBe(true);
    expect(of(resource, ['other'])).toBe(false);
    expect(of(nowhere, [name])).toBe(false);
  });

  it('IS_OPERATION names operations', () => {
    expect(isOperation.apply(resource, { operations: ['rollouts-rollback'] })).toBe(true);
    expect(isOperation.apply(resource, { operations: ['rollouts-restart'] })).toBe(false);
  });

  it('IS_WITHIN_REPLICA_LIMIT looks at the number of replicas that the input asks for', () => {
    const asking = (replicas: unknown) =>
      isWithinReplicaLimit.apply({ ...resource, input: { replicas } }, { limit: 5 });
    expect([5, 0, undefined].map(asking)).toEqual([true, true, true]);
    expect([6, '4', null].map(asking)).toEqual([false, false, false]);
  });

  it('IS_NOT_REQUESTER keeps people from deciding on what they asked for', () => {
    expect(isNotRequester.apply(resource, { user: 'user:default/otto' })).toBe(true);
    expect(isNotRequester.apply(resource, { user: 'User:default/Olga' })).toBe(false);
  });
});
