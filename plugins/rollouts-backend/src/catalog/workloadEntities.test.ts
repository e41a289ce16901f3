import { ConfigReader } from '@backstage/config';
import { Ownership } from '@leitstand/plugin-operations-node';
import { deploymentOf } from '../__testUtils__/kubernetesFixtures';
import { cronJobType, statefulSetType, type WorkloadObject } from '../model/workloadObjects';
import { clusterEntity, workloadEntities, type EntitySurroundings } from './workloadEntities';

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

const existing = { exists: () => true, isMissing: () => false };
const nothing = { exists: () => false, isMissing: () => true };
const surroundings: EntitySurroundings = { ownership, lookup: existing };

function entitiesOf(
  members: Array<{ cluster: string; object: WorkloadObject }>,
  more: Partial<EntitySurroundings> = {},
) {
  return workloadEntities(members, { ...surroundings, ...more }).map(({ entity }) => entity);
}

const claiming = (entityRef: string, namespace = 'shop') =>
  deploymentOf({ namespace, annotations: { 'leitstand.io/entity-ref': entityRef } });

describe('clusterEntity', () => {
  it('is a Resource named as in the configuration', () => {
    expect(clusterEntity('k3s', surroundings).entity).toMatchObject({
      kind: 'Resource',
      metadata: { name: 'k3s', annotations: { 'leitstand.io/cluster': 'k3s' } },
      spec: { type: 'kubernetes-cluster', owner: 'group:default/platform-team' },
    });
    expect(clusterEntity('gke', surroundings).entity.spec?.owner).toBe('group:default/cluster-team');
  });
});

describe('workloadEntities', () => {
  it('makes a Component of a Deployment, owned by whom its namespace is given to', () => {
    expect(entitiesOf([{ cluster: 'k3s', object: deploymentOf() }])).toEqual([
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
        },
      },
    ]);
  });

  it('lets the official tab find a workload and its pods by the labels that they share', () => {
    const template = { metadata: { labels: { app: 'web', tier: 'front', version: '2' } }, spec: { containers: [] } };
    const labels = { app: 'web', tier: 'front', version: '1', owner: 'shop' };
    const [entity] = entitiesOf([{ cluster: 'k3s', object: deploymentOf({ labels, spec: { template } }) }]);
    expect(entity.metadata.annotations?.['backstage.io/kubernetes-label-selector']).toBe('app=web,tier=front');
  });

  it('makes one Component of objects that name the same entity', () => {
    const [entity, ...others] = entitiesOf([
      { cluster: 'k3s', object: claiming('component:shops/web-shop') },
      { cluster: 'gke', object: claiming('shops/Web-Shop', 'blue') },
    ]);
    expect(others).toEqual([]);
    expect(entity).toMatchObject({
      metadata: {
        name: 'web-shop',
        namespace: 'shops',
        description: 'Deployment web in namespace blue on gke, shop on k3s',
        annotations: { 'backstage.io/kubernetes-cluster': 'gke' },
      },
      spec: { dependsOn: ['resource:default/k3s'] }, // on the first it depends by its annotation
    });
  });

  it('lets no object take the place of another by naming its entity', () => {
    const [entity] = entitiesOf([
      { cluster: 'k3s', object: claiming('component:default/k3s.shop.web', 'attic') },
      { cluster: 'k3s', object: deploymentOf() },
    ]);
    expect(entity).toMatchObject({
      metadata: { annotations: { 'backstage.io/kubernetes-namespace': 'shop' } },
      spec: { owner: 'group:default/shop-team' },
    });
  });

  it.each(['resource:default/x', 'component:default/', 'a:b:c/d', 'component:default/has space', '../x'])(
    'does not follow the reference %s',
    entityRef => {
      const [entity] = entitiesOf([{ cluster: 'k3s', object: claiming(entityRef) }]);
      expect(entity.metadata.name).toBe('k3s.shop.web');
    },
  );

  const metadata = { name: 'web', namespace: 'shop', uid: 'uid', creationTimestamp: '2026-03-01T08:00:00Z' };
  const template = { spec: { containers: [] } };

  it('says of other kinds what they are', () => {
    const statefulSet = statefulSetType.schema.parse({
      metadata: { ...metadata, labels: { 'app.kubernetes.io/component': 'stream-processor' } },
      spec: { template },
    });
    const cronJob = cronJobType.schema.parse({
      metadata,
      spec: { schedule: '@daily', jobTemplate: { spec: { template } } },
    });
    const members = [statefulSet, cronJob, deploymentOf()].map(object => ({ cluster: 'k3s', object }));
    const [set, job, deployment] = entitiesOf(members);
    expect(set).toMatchObject({
      metadata: {
        name: 'k3s.shop.statefulset.web',
        description: 'StatefulSet web in namespace shop on k3s',
        annotations: { 'leitstand.io/workload-kind': 'StatefulSet', 'backstage.io/kubernetes-id': 'web' },
      },
      spec: { type: 'stream-processor' },
    });
    expect(job).toMatchObject({ metadata: { name: 'k3s.shop.cronjob.web' }, spec: { type: 'batch-job' } });
    expect(deployment).toMatchObject({ metadata: { name: 'k3s.shop.web' }, spec: { type: 'service' } });
  });

  it('takes owner and system that exist, otherwise those of the configuration, and says so', () => {
    const object = deploymentOf({ labels: { 'app.kubernetes.io/part-of': 'Shop' } });
    const [{ entity, notes }] = workloadEntities([{ cluster: 'k3s', object }], surroundings);
    expect(entity.spec).toMatchObject({ owner: 'group:default/shop-team', system: 'system:default/shop' });
    expect(notes).toEqual([]);

    const without = { ...surroundings, lookup: nothing, fallbackSystem: 'system:default/other' };
    const [fallen] = workloadEntities([{ cluster: 'k3s', object }], without);
    expect(fallen.entity.spec).toMatchObject({ owner: 'group:default/platform-team', system: 'system:default/other' });
    expect(fallen.notes.map(({ entityRef, message }) => `${entityRef}: ${message}`)).toEqual([
      expect.stringMatching(/^component:default\/k3s\.shop\.web: .*group:default\/shop-team, which does not exist/),
      expect.stringMatching(/names system:default\/shop, which does not exist; it is shown in system:default\/other/),
    ]);
  });
});
