import { startBigQueryHomelab, type BigQueryHomelab } from '@leitstand/homelab';
import { eventually } from '@leitstand/plugin-kit-node/testUtils';
import { BigQueryConnection } from '../client/BigQueryConnection';
import { startDoor, temperatureEntity } from '../__testUtils__/startDoor';
import { temperature } from '../__testUtils__/startArea';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { randomUUID } from 'node:crypto';
import { findModel, findTable, modelPath } from './resources';

let homelab: BigQueryHomelab;
let door: Awaited<ReturnType<typeof startDoor>>;
/** Somebody else with rights upstream. */
let others: BigQueryConnection;

beforeEach(async () => {
  homelab = await startBigQueryHomelab({ durationsMs: { createModel: 0 } });
  door = await startDoor(homelab);
  others = new BigQueryConnection({
    ...{ name: 'others', projectId: 'homelab-lamp', projects: homelab.projects, location: 'EU' },
    ...{ apiEndpoint: homelab.url, accessToken: homelab.tokens.operator },
  });
});
afterEach(async () => {
  await door?.[Symbol.asyncDispose]();
  await homelab?.close();
});

const { signal } = new AbortController();
const dataset = { project: 'homelab-lamp', dataset: 'weather_analysis' };
const temperatureRef = stringifyEntityRef(temperatureEntity);
const csv = 'year,month,avg_temp_celsius\n2023,1,2.0\n2023,2,3.5\n2024,1,2.2\n2024,2,3.7\n';

const create = {
  operation: 'ml-models-create',
  entityRef: 'resource:default/spring',
  input: {
    ...dataset,
    model: 'spring',
    source: { kind: 'csv', csv, table: 'readings' },
    ...{ label: 'avg_temp_celsius', features: ['year', 'month'], options: { modelType: 'linear_reg' } },
    owner: 'group:default/ml-team',
  },
};
const retrain = {
  operation: 'ml-models-retrain',
  entityRef: temperatureRef,
  input: { source: { kind: 'csv', csv, table: 'newer' } },
};

async function query(sql: string): Promise<void> {
  await others.request({
    ...{ operation: 'query', method: 'POST', path: '/queries', signal },
    body: { query: sql, useLegacySql: false, location: 'EU', timeoutMs: 10_000 },
  });
}

/** Plans, lets something happen upstream, and runs. */
async function carryOutAfter(request: typeof create | typeof retrain, act: () => Promise<unknown>) {
  const plan = await door.client.plan(request);
  await act();
  const { id } = await door.client.run({ planId: plan.id, idempotencyKey: randomUUID() });
  return door.ended(id);
}

const setLabels = (labels: object) =>
  others.request({
    ...{ operation: 'label', method: 'PATCH' as const, project: dataset.project, path: modelPath(temperature), signal },
    body: { labels },
  });

describe('a run that fails', () => {
  it('leaves a table alone that somebody else made after the plan', async () => {
    const run = await carryOutAfter(create, () => query('CREATE TABLE weather_analysis.readings AS SELECT 1 AS kept'));
    expect(run).toMatchObject({ state: 'failed', error: { code: 'PLAN_STALE' } });
    const table = await findTable(others, { ...dataset, table: 'readings' }, signal);
    expect(table?.schema?.fields?.map(({ name }) => name)).toEqual(['kept']);
  });

  it('takes only its rows out of a table that somebody made while they were on their way', async () => {
    homelab.faults.next({ method: 'POST', path: '/upload/*' }, { delayMs: 1_500 });
    const gate = { metric: 'r2_score', bound: 1.5 };
    const plan = await door.client.plan({ ...create, input: { ...create.input, gate } });
    expect(plan.warnings.map(({ message }) => message)).toContainEqual(
      expect.stringMatching(/only the rows are taken/),
    );
    const { id } = await door.client.run({ planId: plan.id, idempotencyKey: randomUUID() });
    await eventually(
      async () => (await door.client.getRun(id)).steps.map(({ key }) => key),
      keys => keys.includes('load'),
    );
    const readings = { ...dataset, table: 'readings' };
    await query('CREATE TABLE weather_analysis.readings (year INT64, month INT64, avg_temp_celsius FLOAT64)');
    const { creationTime } = (await findTable(others, readings, signal))!;
    expect(await door.ended(id)).toMatchObject({ state: 'failed', error: { code: 'GATE_NOT_MET' } });
    expect(await findTable(others, readings, signal)).toMatchObject({ creationTime, numRows: '0' });
  });

  it('leaves a model alone that somebody else made after the plan', async () => {
    const spring = { ...dataset, model: 'spring' };
    const run = await carryOutAfter(create, () =>
      query(
        "CREATE MODEL weather_analysis.spring OPTIONS (model_type = 'linear_reg', input_label_cols = ['y']) AS SELECT x, 2 * x AS y FROM UNNEST([1, 2, 3, 4]) AS x",
      ),
    );
    expect(run.state).toBe('failed');
    expect((await findModel(others, spring, signal))?.labelColumns?.map(({ name }) => name)).toEqual(['y']);
    expect(await findTable(others, { ...dataset, table: 'readings' }, signal)).toBeUndefined();
  });

  it('leaves a model alone that somebody trained anew since', async () => {
    const gate = { metric: 'r2_score', bound: 1.5 };
    const plan = await door.client.plan({ ...create, input: { ...create.input, gate } });
    using _slow = homelab.faults.always({ method: 'GET', path: '*/models/spring' }, { delayMs: 1_500 });
    const { id } = await door.client.run({ planId: plan.id, idempotencyKey: randomUUID() });
    await eventually(
      async () => (await door.client.getRun(id)).steps.map(({ key }) => key),
      keys => keys.includes('gate'),
    );
    await query(
      "CREATE OR REPLACE MODEL weather_analysis.spring OPTIONS (model_type = 'linear_reg', input_label_cols = ['y']) AS SELECT x, 2 * x AS y FROM UNNEST([1, 2, 3, 4]) AS x",
    );
    expect(await door.ended(id)).toMatchObject({ state: 'failed', error: { code: 'GATE_NOT_MET' } });
    const spring = await findModel(others, { ...dataset, model: 'spring' }, signal);
    expect(spring?.labelColumns?.map(({ name }) => name)).toEqual(['y']);
  });

  it('brings a model back that it had replaced already', async () => {
    await setLabels({ team: 'ml' });
    const before = await findModel(others, temperature, signal);
    homelab.faults.next({ method: 'PATCH', path: '*/models/temp_prediction_model' }, { status: 403 });
    const run = await carryOutAfter(retrain, async () => {});
    expect(run.state).toBe('failed');
    const after = await findModel(others, temperature, signal);
    expect(after?.labels).toEqual(before?.labels);
    expect(after?.trainingRuns).toEqual(before?.trainingRuns);
    const { models = [] } = await others.request<{ models?: Array<{ modelReference: { modelId: string } }> }>({
      ...{ operation: 'list', project: dataset.project, path: '/datasets/weather_analysis/models', signal },
    });
    expect(models.filter(({ modelReference }) => modelReference.modelId.includes('__'))).toEqual([]);
  });

  it('quotes no data in what everybody can read', async () => {
    const source = {
      kind: 'query',
      query:
        "SELECT CAST(CONCAT('secret', month) AS INT64) AS year, month, avg_temp_celsius FROM weather_analysis.berlin_weather",
    };
    const run = await carryOutAfter({ ...create, input: { ...create.input, source } as never }, async () => {});
    expect(run).toMatchObject({ state: 'failed', error: { code: 'TRAINING_FAILED' } });
    expect(JSON.stringify(run)).not.toMatch(/secret\d/);
  });
});

it('does not train on data of others with the rights of the portal', async () => {
  await others.request({
    ...{ operation: 'make', method: 'POST', project: 'mlops-476802', path: '/datasets', signal },
    body: { datasetReference: { projectId: 'mlops-476802', datasetId: 'payroll' }, location: 'EU' },
  });
  await query('CREATE TABLE `mlops-476802`.payroll.salaries AS SELECT 1 AS year, 2 AS month, 3 AS avg_temp_celsius');
  await query(
    "CREATE MODEL `mlops-476802`.payroll.guess OPTIONS (model_type = 'linear_reg', input_label_cols = ['y']) AS SELECT x, 2 * x AS y FROM UNNEST([1, 2, 3, 4]) AS x",
  );
  for (const [sql, statusCode] of [
    ['SELECT * FROM `mlops-476802`.payroll.salaries', 403],
    ['SELECT predicted_y AS year FROM ML.PREDICT(MODEL `mlops-476802.payroll.guess`, (SELECT 1 AS x))', 403],
    ['SELECT total_bytes_billed AS year FROM `region-eu`.INFORMATION_SCHEMA.JOBS', 400],
  ] as const) {
    for (const request of [create, retrain]) {
      const source = { kind: 'query', query: sql };
      const refused = door.client.plan({ ...request, input: { ...request.input, source } });
      await expect(refused).rejects.toMatchObject({
        statusCode,
        body: { error: { message: expect.stringMatching(/^input\.source/) } },
      });
    }
  }
});

describe('a model that names its entity back', () => {
  const named = { ...temperatureEntity, metadata: { ...temperatureEntity.metadata, name: 'rain' } };
  const request = { ...retrain, entityRef: stringifyEntityRef(named) };
  const table = { kind: 'table', table: 'berlin_weather' };
  const sources = [
    retrain.input.source,
    table,
    { kind: 'query', query: 'SELECT * FROM weather_analysis.berlin_weather' },
  ];

  async function restart(owners: object[]): Promise<void> {
    await door[Symbol.asyncDispose]();
    door = await startDoor(homelab, [named], owners);
    await setLabels({ 'leitstand-entity': 'resource_default_rain' });
  }

  it('gives nobody the data of its dataset', async () => {
    await restart([]);
    for (const source of [...sources, undefined]) {
      const refused = door.client.plan({ ...request, input: { source } });
      await expect(refused).rejects.toMatchObject({ statusCode: 403, body: { error: { name: 'NotAllowedError' } } });
    }
    const labels = {
      operation: 'ml-models-set-labels',
      entityRef: request.entityRef,
      input: { labels: { team: 'ml' } },
    };
    expect(await door.carryOut(labels)).toMatchObject({ state: 'succeeded' });
  });

  it('uses what its dataset is given with, by the very names', async () => {
    await restart([{ group: 'ml-team', bigquery: [{ project: 'homelab-lamp', datasets: ['weather_analysis'] }] }]);
    for (const source of sources) {
      expect(await door.client.plan({ ...request, input: { source } })).toMatchObject({ state: 'open' });
    }
    await restart([{ group: 'ml-team', bigquery: [{ project: 'homelab-lamp', datasets: ['Weather_Analysis'] }] }]);
    await expect(door.client.plan({ ...request, input: { source: table } })).rejects.toMatchObject({ statusCode: 403 });
  });
});

it('discards a model only as the undo of the run that made it, and only while the model names that entity', async () => {
  const ref = { ...dataset, model: 'spring' };
  const asked = door.client.plan({ operation: 'ml-models-discard', entityRef: 'resource:default/spring', input: ref });
  await expect(asked).rejects.toMatchObject({ body: { error: { code: 'OPERATION_NOT_APPLICABLE' } } });
  const run = await door.carryOut(create);
  await others.request({
    ...{ operation: 'label', method: 'PATCH', path: modelPath(ref), signal },
    body: { labels: { 'leitstand-entity': 'resource_default_other' } },
  });
  await expect(door.client.planUndo(run.id)).rejects.toMatchObject({ body: { error: { code: 'MODEL_NOT_FOUND' } } });
  expect(await findModel(others, ref, signal)).toBeDefined();
});

describe('what changed after the plan', () => {
  it('stops a deletion, also when it changed after the last look', async () => {
    homelab.faults.next({ method: 'DELETE', path: '*/models/temp_prediction_model' }, { delayMs: 1_000 });
    const plan = await door.client.plan({ operation: 'ml-models-delete', entityRef: temperatureRef, input: {} });
    const { id } = await door.client.run({ planId: plan.id, idempotencyKey: randomUUID() });
    await eventually(
      () => homelab.journal.count(({ method }) => method === 'DELETE') > 0,
      hasBegun => hasBegun,
    );
    await setLabels({ team: 'others' });
    expect(await door.ended(id)).toMatchObject({ state: 'failed', error: { code: 'PLAN_STALE' } });
    expect((await findModel(others, temperature, signal))?.labels).toEqual({ team: 'others' });
  });

  it('stops a retraining before it replaces anything, also when it changed during the training', async () => {
    await homelab.close();
    await door[Symbol.asyncDispose]();
    homelab = await startBigQueryHomelab({ durationsMs: { createModel: 3_000 } });
    door = await startDoor(homelab);
    others = new BigQueryConnection({
      ...others.config,
      apiEndpoint: homelab.url,
      accessToken: homelab.tokens.operator,
    });
    const plan = await door.client.plan(retrain);
    const { id } = await door.client.run({ planId: plan.id, idempotencyKey: randomUUID() });
    while (!(await door.client.getRun(id)).steps.some(({ key }) => key === 'trained')) {
      await new Promise(resolve => setTimeout(resolve, 50));
    }
    await setLabels({ team: 'others' });
    expect(await door.ended(id)).toMatchObject({ state: 'failed', error: { code: 'PLAN_STALE' } });
    expect((await findModel(others, temperature, signal))?.labels).toEqual({ team: 'others' });
  });

  it('stops bringing a model back', async () => {
    const retrained = await door.carryOut(retrain);
    expect(retrained.state).toBe('succeeded');
    const plan = await door.client.planUndo(retrained.id);
    await setLabels({ team: 'others' });
    const { id } = await door.client.run({ planId: plan.id, idempotencyKey: randomUUID() });
    expect(await door.ended(id)).toMatchObject({ state: 'failed', error: { code: 'PLAN_STALE' } });
    expect((await findModel(others, temperature, signal))?.labels).toEqual({ team: 'others' });
  });
});
