import { startBigQueryHomelab, type BigQueryHomelab } from '@leitstand/homelab';
import { codeOf } from '@leitstand/plugin-kit-node/testUtils';
import { parseModelRef } from '@leitstand/plugin-ml-models-common';
import { areaConfig, startArea, temperature } from '../__testUtils__/startArea';
import { startDoor, temperatureEntity } from '../__testUtils__/startDoor';
import { stringifyEntityRef } from '@backstage/catalog-model';

let homelab: BigQueryHomelab;
let door: Awaited<ReturnType<typeof startDoor>>;
let area: Awaited<ReturnType<typeof startArea>>;

beforeEach(async () => {
  homelab = await startBigQueryHomelab({ durationsMs: { createModel: 0 } });
  door = await startDoor(homelab);
  area = await startArea({ config: areaConfig(homelab) });
});
afterEach(async () => {
  await area?.[Symbol.asyncDispose]();
  await door?.[Symbol.asyncDispose]();
  await homelab?.close();
});

const csv = `year,month,avg_temp_celsius
2023,1,2.0
2023,2,3.5
2023,3,5.8
2024,1,2.2
2024,2,3.7
2024,3,6.0
`;
const temperatureRef = stringifyEntityRef(temperatureEntity);

const create = {
  operation: 'ml-models-create',
  entityRef: 'resource:default/spring',
  input: {
    project: 'homelab-lamp',
    dataset: 'spring',
    createDataset: { location: 'EU' },
    model: 'temperature',
    source: { kind: 'csv', csv, table: 'readings' },
    label: 'avg_temp_celsius',
    features: ['year', 'month'],
    options: { modelType: 'linear_reg' },
    owner: 'group:default/ml-team',
    gate: { metric: 'r2_score', bound: 0.9 },
  },
};
const created = parseModelRef('homelab-lamp.spring.temperature');

describe('ml-models-create', () => {
  it('makes dataset, table and model, names the entity, and is taken back by deleting the model', async () => {
    const plan = await door.client.plan(create);
    expect(plan.changes.map(({ label, after }) => `${label}: ${after}`)).toEqual([
      'dataset: spring (EU)',
      'table: readings with 6 rows',
      'model: homelab-lamp.spring.temperature',
    ]);
    expect(plan.documents[0].after).toMatch(/^CREATE MODEL `homelab-lamp`.`spring`.`temperature`/);
    const run = await door.carryOut(create);
    expect(run).toMatchObject({
      state: 'succeeded',
      result: expect.stringMatching(/temperature is trained: r2_score is 0\.9/),
      output: { model: 'homelab-lamp.spring.temperature', entityRef: 'resource:default/spring' },
    });
    const model = await area.client.getModel(created);
    expect(model.labels).toEqual({ 'leitstand-entity': 'resource_default_spring' });
    const { predictions } = await area.client.predict(created, { rows: [{ year: 2025, month: 1 }] });
    expect(Number(predictions[0].predicted)).toBeCloseTo(2.2667, 4);
    expect(await door.undo(run.id)).toMatchObject({ state: 'succeeded', operation: 'ml-models-discard' });
    await new Promise(resolve => setTimeout(resolve, 1_600));
    expect(await codeOf(area.client.getModel(created))).toBe('MODEL_NOT_FOUND');
  });

  it('undoes itself when the gate refuses', async () => {
    const gate = { metric: 'r2_score', bound: 0.9999 };
    const run = await door.carryOut({ ...create, input: { ...create.input, gate } });
    expect(run).toMatchObject({ state: 'failed', error: { code: 'GATE_NOT_MET' } });
    expect(
      run.steps.filter(({ kind }) => kind === 'compensation').map(({ state, title }) => `${state}: ${title}`),
    ).toEqual([
      'done: Delete the model homelab-lamp.spring.temperature',
      'done: Delete the table homelab-lamp.spring.readings',
      'done: Delete the dataset spring',
    ]);
    const { items } = await area.client.listDatasets();
    expect(items.map(({ dataset }) => dataset)).not.toContain('spring');
  });

  it.each([
    [{ label: 'rain' }, /no column rain/],
    [{ features: ['year', 'x`; DROP TABLE y'] }, /features\.1/],
    [{ dataset: 'spring`x' }, /input\.dataset/],
    [{ source: { kind: 'csv', csv: 'a;b,c', table: 'readings' } }, /heading line/],
    [{ source: { kind: 'csv', csv: 'year,month`\n1,2\n', table: 'readings' } }, /no name for a column/],
    [{ source: { kind: 'table', table: 'nowhere' } }, /no table nowhere/],
    [{ source: { kind: 'query', query: 'SELECT 1 AS year) ; DROP TABLE x; SELECT (2' } }, /BigQuery|SELECT/],
    [{ source: { kind: 'query', query: 'DELETE FROM weather_analysis.berlin_weather WHERE TRUE' } }, /only a SELECT/],
    [{ dataset: 'weather_analysis', model: 'temp_prediction_model', createDataset: undefined }, /already/],
  ])('refuses %j', async (change, words) => {
    const refused = door.client.plan({ ...create, input: { ...create.input, ...change } });
    await expect(refused).rejects.toMatchObject({ body: { error: { message: expect.stringMatching(words) } } });
  });
});

describe('ml-models-retrain', () => {
  const worse = csv.replaceAll('5.8', '1.0').replaceAll('6.0', '9.0');
  const retrain = {
    operation: 'ml-models-retrain',
    entityRef: temperatureRef,
    input: { source: { kind: 'csv', csv: worse, table: 'worse' }, gate: { metric: 'r2_score', maximumLoss: 0.05 } },
  };

  it('is stopped by the gate, and leaves the model and its dataset as they were', async () => {
    const before = await area.client.getModel(temperature);
    const run = await door.carryOut(retrain);
    expect(run).toMatchObject({ state: 'failed', error: { code: 'GATE_NOT_MET' } });
    await new Promise(resolve => setTimeout(resolve, 1_600));
    const after = await area.client.getModel(temperature);
    expect(after.modifiedAt).toBe(before.modifiedAt);
    const { items } = await area.client.listTables(temperature);
    expect(items.map(({ ref }) => ref.table)).not.toContain('worse');
  });

  it('replaces the model on what it was trained on before, and can be taken back', async () => {
    await door.carryOut({
      operation: 'ml-models-set-labels',
      entityRef: temperatureRef,
      input: { labels: { team: 'ml' } },
    });
    const before = await area.client.getModel(temperature);
    const run = await door.carryOut({ ...retrain, input: { ...retrain.input, gate: undefined } });
    expect(run.state).toBe('succeeded');
    await new Promise(resolve => setTimeout(resolve, 1_600));
    const after = await area.client.getModel(temperature);
    expect(after.quality!.value).toBeLessThan(before.quality!.value);
    expect(after.labels).toEqual(before.labels);
    expect(await door.undo(run.id)).toMatchObject({ state: 'succeeded', undoes: run.id });
    await new Promise(resolve => setTimeout(resolve, 1_600));
    expect((await area.client.getModel(temperature)).quality).toEqual(before.quality);
  });
});

describe('other changes of a model', () => {
  it('set labels and expiration, and take them back', async () => {
    const labels = await door.carryOut({
      operation: 'ml-models-set-labels',
      entityRef: temperatureRef,
      input: { labels: { team: 'ml' } },
    });
    expect(labels).toMatchObject({ state: 'succeeded', changes: [{ label: 'label team', before: null, after: 'ml' }] });
    expect(await door.undo(labels.id)).toMatchObject({ state: 'succeeded' });
    const expiration = await door.carryOut({
      operation: 'ml-models-set-expiration',
      entityRef: temperatureRef,
      input: { expiresAt: '2099-01-01T00:00:00.000Z' },
    });
    expect(expiration.state).toBe('succeeded');
    expect((await area.client.getModel(temperature)).expiresAt).toBe('2099-01-01T00:00:00.000Z');
    expect(await door.undo(expiration.id)).toMatchObject({ state: 'succeeded' });
  });

  it('delete it for good', async () => {
    const run = await door.carryOut({ operation: 'ml-models-delete', entityRef: temperatureRef, input: {} });
    expect(run).toMatchObject({ state: 'succeeded', undo: { isPossible: false } });
    expect(await codeOf(area.client.getModel(temperature))).toBe('MODEL_NOT_FOUND');
    expect(await codeOf(door.client.planUndo(run.id))).toBe('RUN_NOT_UNDOABLE');
  });
});
