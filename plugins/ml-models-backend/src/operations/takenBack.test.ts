import { startBigQueryHomelab, type BigQueryHomelab } from '@leitstand/homelab';
import { eventually } from '@leitstand/plugin-kit-node/testUtils';
import { BigQueryConnection } from '../client/BigQueryConnection';
import { startDoor, temperatureEntity, type DoorPolicy } from '../__testUtils__/startDoor';
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
    const { promise: until, resolve: goOn } = Promise.withResolvers<void>();
    homelab.faults.next({ method: 'POST', path: '/upload/*' }, { until });
    const gate = { metric: 'r2_score', bound: 1.5 };
    const plan = await door.client.plan({ ...create, input: { ...create.input, gate } });
    expect(plan.warnings.map(({ message }) => message)).toContainEqual(
      expect.stringMatching(/only the rows are taken/),
    );
    const { id } = await door.client.run({ planId: plan.id, idempotencyKey: randomUUID() });
    await eventually(
      () => homelab.journal.count(({ path }) => path.startsWith('/upload/')),
      count => count === 1,
    );
    const readings = { ...dataset, table: 'readings' };
    await query('CREATE TABLE weather_analysis.readings (year INT64, month INT64, avg_temp_celsius FLOAT64)');
    const { creationTime } = (await findTable(others, readings, signal))!;
    goOn();
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
  await door[Symbol.asyncDispose]();
  door = await startDoor(homelab, undefined, { policy: { claims: ['group:default/ml-team'] } });
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

it('does not train on so many tables that BigQuery does not name them all', async () => {
  const referencedTables = Array.from({ length: 50 }, (_, index) => ({
    ...{ projectId: 'homelab-lamp', datasetId: 'weather_analysis', tableId: `part_${index}` },
  }));
  const schema = { fields: ['year', 'month', 'avg_temp_celsius'].map(name => ({ name, type: 'INTEGER' })) };
  const statistics = { query: { statementType: 'SELECT', referencedTables, schema } };
  const headers = { 'content-type': 'application/json' };
  const reply = { headers, body: JSON.stringify({ kind: 'bigquery#job', statistics }) };
  homelab.faults.next({ method: 'POST', path: '*/jobs' }, { reply });
  const source = { kind: 'query', query: 'SELECT * FROM weather_analysis.part_0' };
  await expect(door.client.plan({ ...retrain, input: { source } })).rejects.toMatchObject({
    statusCode: 400,
    body: { error: { message: expect.stringMatching(/50 tables or more/) } },
  });
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

  async function restart(ownership: object[], policy: DoorPolicy): Promise<void> {
    await door[Symbol.asyncDispose]();
    door = await startDoor(homelab, [named], { ownership, policy });
    await setLabels({ 'leitstand-entity': 'resource_default_rain' });
  }
  const planOn = (source: object | undefined) => door.client.plan({ ...request, input: { source } });
  const weather = (...datasets: string[]) => [{ group: 'ml-team', bigquery: [{ project: 'homelab-lamp', datasets }] }];
  const owner = { claims: ['group:default/ml-team'] };
  const refused = { statusCode: 403, body: { error: { name: 'NotAllowedError' } } };
  const told = expect.objectContaining({
    severity: 'warning',
    message: expect.stringMatching(/homelab-lamp\.weather_analysis, which .* gives to nobody/),
  });

  it('gives nobody the data of its dataset', async () => {
    await restart([], owner);
    for (const source of [...sources, undefined]) await expect(planOn(source)).rejects.toMatchObject(refused);
  });

  it('is for administrators where its dataset is given to nobody, and their plan says so', async () => {
    await restart([], {});
    for (const source of [...sources, undefined]) {
      expect((await planOn(source)).warnings).toEqual(expect.arrayContaining([told]));
    }
    const retrained = await door.carryOut({ ...request, input: { source: table } });
    expect(retrained.state).toBe('succeeded');
    expect(await door.undo(retrained.id)).toMatchObject({ state: 'succeeded', operation: 'ml-models-restore' });
    const deletion = { operation: 'ml-models-delete', entityRef: request.entityRef, input: {} };
    expect(await door.carryOut(deletion)).toMatchObject({ state: 'succeeded' });
  });

  it('is not for administrators who may not read content, nor are data of others', async () => {
    await restart([], { denied: ['ml-models.predict'] });
    for (const source of sources) await expect(planOn(source)).rejects.toMatchObject(refused);
    const available = await door.client.listAvailable(request.entityRef);
    expect(available.filter(({ isAvailable }) => !isAvailable).map(({ operation }) => operation)).toEqual([
      'ml-models-retrain',
    ]);
    await restart(weather('weather_analysis'), {});
    expect((await planOn(table)).warnings).not.toContainEqual(told);
    await query('CREATE SCHEMA theirs');
    await query('CREATE TABLE theirs.readings AS SELECT * FROM weather_analysis.berlin_weather');
    await restart([{ group: 'other-team', bigquery: [{ project: 'homelab-lamp', datasets: ['theirs'] }] }], {});
    await expect(planOn({ kind: 'query', query: 'SELECT * FROM theirs.readings' })).rejects.toMatchObject(refused);
  });

  it('uses what its dataset is given with, by the very names', async () => {
    await restart(weather('weather_analysis'), owner);
    for (const source of sources) expect(await planOn(source)).toMatchObject({ state: 'open' });
    await restart(weather('Weather_Analysis'), owner);
    await expect(planOn(table)).rejects.toMatchObject({ statusCode: 403 });
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
    const { promise: until, resolve: goOn } = Promise.withResolvers<void>();
    homelab.faults.next({ method: 'DELETE', path: '*/models/temp_prediction_model' }, { until });
    const plan = await door.client.plan({ operation: 'ml-models-delete', entityRef: temperatureRef, input: {} });
    const { id } = await door.client.run({ planId: plan.id, idempotencyKey: randomUUID() });
    await eventually(
      () => homelab.journal.count(({ method }) => method === 'DELETE') > 0,
      hasBegun => hasBegun,
    );
    await setLabels({ team: 'others' });
    goOn();
    expect(await door.ended(id)).toMatchObject({ state: 'failed', error: { code: 'PLAN_STALE' } });
    expect((await findModel(others, temperature, signal))?.labels).toEqual({ team: 'others' });
  });

  it('stops a retraining before it replaces anything, also when it changed during the training', async () => {
    const { promise: until, resolve: goOn } = Promise.withResolvers<void>();
    homelab.faults.next({ method: 'GET', path: '*/jobs/*_train' }, { until });
    const plan = await door.client.plan(retrain);
    const { id } = await door.client.run({ planId: plan.id, idempotencyKey: randomUUID() });
    await eventually(
      async () => (await door.client.getRun(id)).steps.map(({ key }) => key),
      keys => keys.includes('trained'),
    );
    await setLabels({ team: 'others' });
    goOn();
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
