import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { startBigQueryHomelab, type BigQueryHomelab } from '@leitstand/homelab';
import { errorCodeOf } from '@leitstand/plugin-kit-common';
import { formatModelRef, modelSchema, modelTopic } from '@leitstand/plugin-ml-models-common';
import { areaConfig, temperature } from '../__testUtils__/startArea';
import { BigQueryConnections } from './BigQueryConnections';
import { EntityIndex } from './EntityIndex';
import { ModelLiveSource } from './ModelLiveSource';
import { ModelService } from './ModelService';

const topic = modelTopic(formatModelRef(temperature));

let homelab: BigQueryHomelab;
let connections: BigQueryConnections;
let entities: EntityIndex;
let source: ModelLiveSource;
let decision: AuthorizeResult.ALLOW | AuthorizeResult.DENY;

beforeEach(async () => {
  decision = AuthorizeResult.ALLOW;
  homelab = await startBigQueryHomelab({ durationsMs: { createModel: 0 } });
  connections = BigQueryConnections.fromConfig(new ConfigReader(areaConfig(homelab)));
  entities = new EntityIndex({ catalog: catalogServiceMock({ entities: [] }), auth: mockServices.auth() });
  source = new ModelLiveSource({
    models: new ModelService({ connections, entities }),
    permissions: mockServices.permissions.mock({ authorize: async () => [{ result: decision }] }),
  });
});
afterEach(async () => {
  entities.close();
  connections.close();
  await homelab.close();
});

async function retrain(): Promise<void> {
  const query = `CREATE OR REPLACE MODEL weather_analysis.temp_prediction_model
    OPTIONS (model_type = 'linear_reg', input_label_cols = ['avg_temp_celsius'])
    AS SELECT month, avg_temp_celsius FROM weather_analysis.berlin_weather`;
  const response = await fetch(`${homelab.url}/bigquery/v2/projects/homelab-lamp/queries`, {
    method: 'POST',
    headers: { authorization: `Bearer ${homelab.tokens.operator}`, 'content-type': 'application/json' },
    body: JSON.stringify({ query, useLegacySql: false, location: 'EU' }),
  });
  expect(await response.json()).toMatchObject({ jobComplete: true });
}

it('costs upstream for fifty readers what one costs, and shows all of them a retraining', async () => {
  const controller = new AbortController();
  const readings = Array.from({ length: 50 }, () => source.states(topic, { signal: controller.signal }));
  homelab.journal.clear();
  const first = await Promise.all(readings.map(reading => reading.next()));
  expect(new Set(first.map(({ value }) => value?.id)).size).toBe(1);
  expect(modelSchema.parse(first[0].value?.data).features).toHaveLength(2);
  expect(homelab.journal.count()).toBe(1);

  const startedAt = performance.now();
  const next = readings.map(reading => reading.next());
  await retrain();
  const changed = await Promise.all(next);
  for (const { value } of changed) expect(modelSchema.parse(value?.data).features).toHaveLength(1);
  const lookCount = Math.ceil((performance.now() - startedAt) / 2_000); // one each two seconds while somebody looks
  expect(homelab.journal.count(({ method }) => method === 'GET')).toBeLessThanOrEqual(lookCount + 2);

  controller.abort();
  for (const reading of readings) expect(await reading.next()).toEqual({ done: true, value: undefined });
  homelab.journal.clear();
  await new Promise(resolve => setTimeout(resolve, 2_100));
  expect(homelab.journal.count()).toBe(0); // nobody looks any more
});

it('asks the policy, and takes no other topics', async () => {
  await expect(source.authorize(topic, mockCredentials.user())).resolves.toBeUndefined();
  decision = AuthorizeResult.DENY;
  await expect(source.authorize(topic, mockCredentials.user())).rejects.toMatchObject({ name: 'NotAllowedError' });
  await expect(source.authorize('ml-models:model/a`b', mockCredentials.user())).rejects.toMatchObject({
    name: 'InputError',
  });
});

it('says that there is no such model', async () => {
  const gone = source.states(modelTopic('homelab-lamp.weather_analysis.gone'), { signal: AbortSignal.timeout(60_000) });
  const code = await gone.next().then(
    () => 'no error',
    (error: unknown) => errorCodeOf(error),
  );
  expect(code).toBe('MODEL_NOT_FOUND');
});
