import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { createBackendPlugin, coreServices } from '@backstage/backend-plugin-api';
import { parseEntityRef, stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { startBigQueryHomelab, type BigQueryHomelab } from '@leitstand/homelab';
import { providerStatusesServiceRef, type ProviderStatuses } from '@leitstand/plugin-discovery-node';
import type { ProviderStatus } from '@leitstand/plugin-kit-common';
import { eventually } from '@leitstand/plugin-kit-node/testUtils';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { areaConfig } from '../__testUtils__/startArea';
import { datasetEntityRef, generatedModelEntityRef } from './modelEntities';
import catalogModule from './module';

let homelab: BigQueryHomelab;
let directory: string;
beforeAll(async () => {
  homelab = await startBigQueryHomelab({ durationsMs: { createModel: 0 } });
  directory = await mkdtemp(join(tmpdir(), 'leitstand-catalog-'));
  await setLabel('frost_model', 'resource_default_frost');
});
afterAll(async () => {
  await homelab?.close();
  await rm(directory, { recursive: true, force: true });
});

async function setLabel(model: string, value: string): Promise<void> {
  const path = `/bigquery/v2/projects/homelab-lamp/datasets/weather_analysis/models/${model}`;
  const response = await fetch(`${homelab.url}${path}`, {
    method: 'PATCH',
    headers: { authorization: `Bearer ${homelab.tokens.operator}`, 'content-type': 'application/json' },
    body: JSON.stringify({ labels: { 'leitstand-entity': value } }),
  });
  expect(response.status).toBe(200);
}

/** A real catalogue with our module and these entities registered. */
async function startCatalog(registered: object[]) {
  const target = join(directory, `entities-${registered.length}.yaml`);
  await writeFile(target, registered.map(entity => `---\n${JSON.stringify(entity)}\n`).join(''));
  const schedule = { initialDelaySeconds: 0, frequencySeconds: 0.5 };
  const data = {
    ...areaConfig(homelab, { catalog: { schedule } }),
    leitstand: {
      fallbackOwner: 'group:default/unowned',
      ownership: [{ group: 'ml-team', bigquery: [{ project: 'homelab-lamp', datasets: ['weather_analysis'] }] }],
    },
    catalog: {
      rules: [{ allow: ['Component', 'Resource', 'Group', 'Location'] }],
      locations: [{ type: 'file', target }],
      processingInterval: { seconds: 1 },
    },
  };
  let read: (() => Promise<Entity[]>) | undefined;
  let statuses: ProviderStatuses | undefined;
  const reader = createBackendPlugin({
    pluginId: 'reader',
    register(env) {
      env.registerInit({
        deps: { auth: coreServices.auth, catalog: catalogServiceRef, statuses: providerStatusesServiceRef },
        async init({ auth, catalog, statuses: found }) {
          statuses = found;
          read = async () =>
            (await catalog.getEntities({}, { credentials: await auth.getOwnServiceCredentials() })).items;
        },
      });
    },
  });
  const allow = async (requests: unknown[]) => requests.map(() => ({ result: AuthorizeResult.ALLOW }));
  const backend = await startTestBackend({
    features: [
      catalogPlugin,
      catalogModule,
      reader,
      mockServices.rootConfig.factory({ data }),
      mockServices.scheduler.factory({ includeInitialDelayedTasksOnStartup: true }),
      mockServices.permissions.mock({ authorize: allow as never, authorizeConditional: allow as never }).factory,
    ],
  });
  return {
    entities: () => read!(),
    statuses: async (): Promise<ProviderStatus[]> => (await statuses!.list()).items,
    [Symbol.asyncDispose]: () => backend.stop(),
  };
}

const dataset = { project: 'homelab-lamp', dataset: 'weather_analysis' };
const weather = datasetEntityRef(dataset);
const nameOf = (model: string) => parseEntityRef(generatedModelEntityRef({ ...dataset, model })).name;
const temperature = nameOf('temp_prediction_model');
const annotations = { 'bigquery.googleapis.com/model': 'homelab-lamp.weather_analysis.temp_prediction_model' };
const mlTeam = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Group',
  metadata: { name: 'ml-team' },
  spec: { type: 'team', children: [] },
};
const backend = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'weather-backend',
    annotations: { ...annotations, 'leitstand.io/prediction-path': '/predict/{year}/{month}' },
  },
  spec: { type: 'service', lifecycle: 'production', owner: 'ml-team' },
};
const byHand = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Resource',
  metadata: { name: temperature, description: 'Registered by hand', annotations },
  spec: { type: 'ai-model', owner: 'ml-team' },
};

function find(entities: Entity[], name: string): Entity | undefined {
  return entities.find(({ metadata }) => metadata.name === name);
}

function relationsOf(entities: Entity[], name: string): string[] {
  return (find(entities, name)?.relations ?? []).map(({ type, targetRef }) => `${type} ${targetRef}`).sort();
}

it('puts datasets and models into a real catalogue, owned and related; an outage takes nothing out', async () => {
  await using catalog = await startCatalog([mlTeam, backend]);
  const entities = await eventually(
    catalog.entities,
    found =>
      relationsOf(found, temperature).length === 3 &&
      relationsOf(found, 'frost').length === 2 &&
      relationsOf(found, parseEntityRef(weather).name).length === 4,
  );
  const discovered = entities.filter(({ metadata }) =>
    metadata.annotations?.['backstage.io/managed-by-location'].startsWith('bigquery:'),
  );
  expect(new Set(discovered.map(entity => stringifyEntityRef(entity)))).toEqual(
    new Set([
      'resource:default/frost',
      weather,
      `resource:default/${nameOf('condition_model')}`,
      `resource:default/${temperature}`,
    ]),
  );
  expect(relationsOf(entities, temperature)).toEqual([
    'dependencyOf component:default/weather-backend',
    `dependsOn ${weather}`,
    'ownedBy group:default/ml-team',
  ]);
  expect(find(entities, temperature)).toMatchObject({ metadata: { annotations }, spec: { type: 'ai-model' } });
  expect(await eventually(catalog.statuses, items => items.length > 0)).toMatchObject([
    { provider: 'ml-models-bigquery', source: 'homelab', state: 'complete', entityCount: 4, notes: [] },
  ]);

  const before = discovered.map(({ metadata: { uid } }) => uid).sort();
  using _ = homelab.faults.always({ path: '*' }, { status: 503 });
  const failed = await eventually(catalog.statuses, ([status]) => status.state === 'incomplete');
  expect(failed).toMatchObject([{ entityCount: 4, error: { code: 'UPSTREAM_FAILED' } }]);
  const kept = (await catalog.entities()).filter(({ metadata }) => before.includes(metadata.uid));
  expect(kept).toHaveLength(4);
});

it('leaves a model that is registered to its file, and says whom it would be given to', async () => {
  await using catalog = await startCatalog([byHand]);
  const entities = await eventually(catalog.entities, found => relationsOf(found, 'frost').length === 2);
  const named = entities.filter(({ metadata }) => metadata.name === temperature);
  expect(named).toHaveLength(1);
  const winner = await eventually(catalog.entities, found =>
    (find(found, temperature)?.metadata.annotations?.['backstage.io/managed-by-location'] ?? '').startsWith('file:'),
  );
  expect(find(winner, temperature)?.metadata.description).toBe('Registered by hand');
  await eventually(catalog.entities, found => find(found, 'frost')?.spec?.owner === 'group:default/unowned', 60_000);
  const [status] = await eventually(catalog.statuses, ([first]) => (first?.notes.length ?? 0) > 0);
  expect(status.notes).toContainEqual({
    entityRef: 'resource:default/frost',
    message: expect.stringContaining('group:default/ml-team, which does not exist'),
  });
});
