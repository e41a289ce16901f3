import { providerListSchema } from '@leitstand/plugin-kit-common';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { mockCredentials, mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { startKubernetesHomelab, type KubernetesHomelab } from '@leitstand/homelab';
import { eventually } from '@leitstand/plugin-kit-node/testUtils';
import { clusterConfigOf, portalConfigOf } from '../__testUtils__/homelabConfig';
import rolloutsPlugin from '../plugin';
import catalogModule from './module';

let homelab: KubernetesHomelab;
let directory: string;
beforeEach(async () => {
  homelab = await startKubernetesHomelab();
  directory = await mkdtemp(path.join(tmpdir(), 'leitstand-catalog-'));
});
afterEach(async () => {
  await homelab.close();
  await rm(directory, { recursive: true, force: true });
});

/** A real catalogue with our module, the area's routes, and these entities registered. */
async function startCatalog(registered: object[], result: AuthorizeResult) {
  const target = path.join(directory, 'entities.yaml');
  await writeFile(target, registered.map(entity => `---\n${JSON.stringify(entity)}\n`).join(''));
  const data = {
    ...portalConfigOf([clusterConfigOf(homelab)]),
    rollouts: { catalog: { schedule: { initialDelaySeconds: 0, frequencySeconds: 0.5 } } },
    catalog: {
      rules: [{ allow: ['Component', 'System', 'Location'] }],
      locations: [{ type: 'file', target }],
      processingInterval: { seconds: 1 },
    },
  };
  const backend = await startTestBackend({
    features: [
      catalogPlugin,
      catalogModule,
      rolloutsPlugin,
      mockServices.rootConfig.factory({ data }),
      mockServices.scheduler.factory({ includeInitialDelayedTasksOnStartup: true }),
      mockServices.permissions.mock({
        authorize: async requests =>
          requests.map(({ permission }) => ({
            result: permission.name.startsWith('rollouts.') ? result : AuthorizeResult.ALLOW,
          })) as never,
        authorizeConditional: async requests => requests.map(() => ({ result: AuthorizeResult.ALLOW })) as never,
      }).factory,
    ],
  });
  const url = `http://localhost:${backend.server.port()}/api`;
  const get = async (target_: string) =>
    fetch(`${url}${target_}`, { headers: { Authorization: mockCredentials.user.header() } });
  return {
    get,
    entities: async () => (await (await get('/catalog/entities')).json()) as Entity[],
    [Symbol.asyncDispose]: async () => {
      await backend.stop();
    },
  };
}

const metadata = { name: 'by-hand', annotations: { 'backstage.io/kubernetes-cluster': 'homelab-k3s' } };
const registeredComponent = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata,
  spec: { type: 'service', lifecycle: 'production', owner: 'todo-team' },
};
const system = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'System',
  metadata: { name: 'todo' },
  spec: { owner: 'todo-team' },
};

function relationsOf(entities: Entity[], name: string): string[] {
  const entity = entities.find(candidate => candidate.metadata.name === name);
  return (entity?.relations ?? []).map(({ type, targetRef }) => `${type} ${targetRef}`).sort();
}

it('puts clusters and workloads into a real catalogue, related to what is registered there', async () => {
  {
    await using catalog = await startCatalog([registeredComponent, system], AuthorizeResult.ALLOW);
    const entities = await eventually(catalog.entities, found =>
      [
        ['homelab-k3s.microservices.backend', 'partOf system:default/todo'],
        ['homelab-k3s.microservices.backend', 'ownedBy group:default/todo-team'],
        ['homelab-k3s.caloguessr.caloguessr', 'dependsOn resource:default/homelab-k3s'],
        ['todo-frontend', 'dependsOn resource:default/homelab-k3s'],
        ['by-hand', 'dependsOn resource:default/homelab-k3s'],
        ['homelab-k3s', 'dependencyOf component:default/by-hand'],
      ].every(([name, relation]) => relationsOf(found, name).includes(relation)),
    );
    const discovered = entities.filter(({ metadata: { annotations } }) =>
      annotations?.['backstage.io/managed-by-location'].startsWith('kubernetes:'),
    );
    expect(discovered.map(entity => stringifyEntityRef(entity)).sort()).toEqual([
      'component:default/homelab-k3s.caloguessr.caloguessr',
      'component:default/homelab-k3s.microservices.backend',
      'component:default/todo-frontend',
      'resource:default/homelab-k3s',
    ]);
    expect(relationsOf(entities, 'homelab-k3s.microservices.backend')).toEqual([
      'dependsOn resource:default/homelab-k3s',
      'ownedBy group:default/todo-team',
      'partOf system:default/todo',
    ]);

    const list = await eventually(
      async () => providerListSchema.parse(await (await catalog.get('/rollouts/v1/providers')).json()),
      ({ items }) => items.length > 0,
    );
    expect(list.items).toMatchObject([{ provider: 'rollouts-workloads', source: 'homelab-k3s', state: 'complete' }]);
    expect(list.items[0].entityCount).toBe(4);
    expect(list.writers[0]?.process).toContain(` ${process.pid} `);
  }
  await eventually(
    () => homelab.openWatchCount,
    watches => watches === 0,
  );
});

it('says how the provider stands only to those who may read workloads', async () => {
  await using catalog = await startCatalog([], AuthorizeResult.DENY);
  expect((await catalog.get('/rollouts/v1/providers')).status).toBe(403);
});
