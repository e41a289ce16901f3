import type { Entity } from '@backstage/catalog-model';
import { ConfigReader } from '@backstage/config';
import { confirmOwnership } from './confirmOwnership';
import { Ownership } from './Ownership';

const ownership = Ownership.fromConfig(
  new ConfigReader({
    leitstand: {
      ownership: [
        { group: 'todo-team', kubernetes: [{ cluster: 'k3s', namespaces: ['microservices'] }] },
        { group: 'group:default/cluster-team', kubernetes: [{ cluster: 'gke' }] },
      ],
    },
  }),
);

function entityOf(name: string, owner: string): Entity {
  return { apiVersion: 'backstage.io/v1alpha1', kind: 'Component', metadata: { name }, spec: { owner } };
}

const target = { system: 'k3s', cluster: 'k3s', namespace: 'microservices', kind: 'Deployment', name: 'backend' };
const elsewhere = { ...target, namespace: 'somewhere' };

describe('confirmOwnership', () => {
  it.each([
    {
      name: 'an entity that only points at the object is not bound to it',
      entity: entityOf('mine', 'nutrition-team'),
      resolved: { target, discoveredEntityRef: 'component:default/backend' },
      expected: { isBound: false, owners: ['group:default/todo-team'] },
    },
    {
      name: 'the object names the entity and its owner back: the owner is confirmed',
      entity: entityOf('mine', 'nutrition-team'),
      resolved: { target: elsewhere, claimedEntityRef: 'component:default/mine', claimedOwner: 'Nutrition-Team' },
      expected: { isBound: true, owners: ['group:default/nutrition-team'] },
    },
    {
      name: 'the object names the entity alone: whoever registers that name gets no rights',
      entity: entityOf('mine', 'nutrition-team'),
      resolved: { target: elsewhere, claimedEntityRef: 'component:default/mine' },
      expected: { isBound: true, owners: [] },
    },
    {
      name: 'the object names another owner than the entity has',
      entity: entityOf('mine', 'nutrition-team'),
      resolved: { target: elsewhere, claimedEntityRef: 'component:default/mine', claimedOwner: 'todo-team' },
      expected: { isBound: true, owners: [] },
    },
    {
      name: 'naming back gives rights away and takes none',
      entity: entityOf('mine', 'nutrition-team'),
      resolved: { target, claimedEntityRef: 'component:default/mine', claimedOwner: 'nutrition-team' },
      expected: { isBound: true, owners: ['group:default/nutrition-team', 'group:default/todo-team'] },
    },
    {
      name: 'the object names another entity',
      entity: entityOf('backend', 'nutrition-team'),
      resolved: { target, claimedEntityRef: 'component:default/other', discoveredEntityRef: 'component:default/other' },
      expected: { isBound: false, owners: ['group:default/todo-team'] },
    },
    {
      name: 'the namespace is given to the owner of the entity',
      entity: entityOf('mine', 'todo-team'),
      resolved: { target },
      expected: { isBound: true, owners: ['group:default/todo-team'] },
    },
    {
      name: 'a discovered entity is its object, but a name alone confirms no owner',
      entity: entityOf('backend', 'nutrition-team'),
      resolved: { target: elsewhere, discoveredEntityRef: 'component:default/backend' },
      expected: { isBound: true, owners: [] },
    },
    {
      name: 'a whole cluster can be given',
      entity: entityOf('x', 'cluster-team'),
      resolved: { target: { ...target, cluster: 'gke' } },
      expected: { isBound: true, owners: ['group:default/cluster-team'] },
    },
  ])('$name', ({ entity, resolved, expected }) => {
    expect(confirmOwnership(entity, resolved, ownership)).toEqual(expected);
  });
});
