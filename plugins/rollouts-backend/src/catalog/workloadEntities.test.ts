import { ConfigReader } from '@backstage/config';
import { Ownership } from '@leitstand/plugin-operations-node';
import { deploymentOf } from '../__testUtils__/kubernetesFixtures';
import { clusterEntity, workloadEntities } from './workloadEntities';

const ownership = Ownership.fromConfig(
  new ConfigReader({
    leitstand: {
      fallbackOwner: 'group:default/platform-team',
      ownership: [
        { group: 'shop-team', kubernetes: [{ cluster: 'k3s', namespaces: ['shop'] }] },
        { group: 'cluster-team', kubernetes: [{ cluster: 'gke' }] },
      ],
    },
  }),
);

const claiming = (entityRef: string, namespace = 'shop') =>
  deploymentOf({ namespace, annotations: { 'leitstand.io/entity-ref': entityRef } });

describe('clusterEntity', () => {
  it('is a Resource named as in the configuration', () => {
    expect(clusterEntity('k3s', ownership)).toMatchObject({
      kind: 'Resource',
      metadata: { name: 'k3s', annotations: { 'leitstand.io/cluster': 'k3s' } },
      spec: { type: 'kubernetes-cluster', owner: 'group:default/platform-team' },
    });
    expect(clusterEntity('gke', ownership).spec?.owner).toBe('group:default/cluster-team');
  });
});

describe('workloadEntities', () => {
  it('makes a Component of a Deployment, owned by whom its namespace is given to', () => {
    expect(workloadEntities([{ cluster: 'k3s', object: deploymentOf() }], ownership)).toEqual([
      {
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Component',
        metadata: {
          name: 'k3s.shop.web',
          namespace: 'default',
          title: 'web',
          description: 'Deployment web in namespace shop on k3s',
          annotations: {
            'backstage.io/managed-by-location': 'kubernetes:k3s/shop/web',
            'backstage.io/managed-by-origin-location': 'kubernetes:k3s/shop/web',
            'backstage.io/kubernetes-cluster': 'k3s',
            'backstage.io/kubernetes-namespace': 'shop',
            'backstage.io/kubernetes-id': 'web',
          },
        },
        spec: {
          type: 'service',
          lifecycle: 'production',
          owner: 'group:default/shop-team',
          dependsOn: ['resource:default/k3s'],
        },
      },
    ]);
  });

  it('makes one Component of objects that name the same entity', () => {
    const [entity, ...others] = workloadEntities(
      [
        { cluster: 'k3s', object: claiming('component:shops/web-shop') },
        { cluster: 'gke', object: claiming('shops/Web-Shop', 'blue') },
      ],
      ownership,
    );
    expect(others).toEqual([]);
    expect(entity).toMatchObject({
      metadata: {
        name: 'web-shop',
        namespace: 'shops',
        description: 'Deployment web in namespace blue on gke, shop on k3s',
        annotations: { 'backstage.io/kubernetes-cluster': 'gke' },
      },
      spec: { dependsOn: ['resource:default/gke', 'resource:default/k3s'] },
    });
  });

  it('lets no object take the place of another by naming its entity', () => {
    const [entity] = workloadEntities(
      [
        { cluster: 'k3s', object: claiming('component:default/k3s.shop.web', 'attic') },
        { cluster: 'k3s', object: deploymentOf() },
      ],
      ownership,
    );
    expect(entity).toMatchObject({
      metadata: { annotations: { 'backstage.io/kubernetes-namespace': 'shop' } },
      spec: { owner: 'group:default/shop-team' },
    });
  });

  it.each(['resource:default/x', 'component:default/', 'a:b:c/d', 'component:default/has space', '../x'])(
    'does not follow the reference %s',
    entityRef => {
      const [entity] = workloadEntities([{ cluster: 'k3s', object: claiming(entityRef) }], ownership);
      expect(entity.metadata.name).toBe('k3s.shop.web');
    },
  );
});
