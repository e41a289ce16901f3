import { startBigQueryHomelab, type BigQueryHomelab } from '@leitstand/homelab';
import { BigQueryConnection } from '../client/BigQueryConnection';
import { startDoor, temperatureEntity } from '../__testUtils__/startDoor';
import { temperature } from '../__testUtils__/startArea';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { randomUUID } from 'node:crypto';
import { findModel, findTable, modelPath } from './resources';

jest.setTimeout(60_000);

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
    expect(run.state).toBe('failed');
    const table = await findTable(others, { ...dataset, table: 'readings' }, signal);
    expect(table?.schema?.fields?.map(({ name }) => name)).toEqual(['kept']);
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
  const source = { kind: 'query', query: 'SELECT * FROM `mlops-476802`.payroll.salaries' };
  for (const request of [create, retrain]) {
    const refused = door.client.plan({ ...request, input: { ...request.input, source } });
    await expect(refused).rejects.toMatchObject({ statusCode: 403, body: { error: { name: 'NotAllowedError' } } });
  }
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
