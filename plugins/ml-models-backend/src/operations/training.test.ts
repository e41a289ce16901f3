import { stringifyEntityRef } from '@backstage/catalog-model';
import { startBigQueryHomelab, type BigQueryHomelab } from '@leitstand/homelab';
import { errorCodeOf } from '@leitstand/plugin-kit-common';
import { eventually } from '@leitstand/plugin-kit-node/testUtils';
import { isFinished } from '@leitstand/plugin-operations-common';
import { randomUUID } from 'node:crypto';
import { areaConfig, startArea, temperature } from '../__testUtils__/startArea';
import { startDoor, temperatureEntity } from '../__testUtils__/startDoor';

const entityRef = stringifyEntityRef(temperatureEntity);
const model = 'homelab-lamp.weather_analysis.temp_prediction_model';
const warmerQuery =
  'SELECT year, month, avg_temp_celsius + 10 AS avg_temp_celsius FROM weather_analysis.berlin_weather';

let homelab: BigQueryHomelab;
let door: Awaited<ReturnType<typeof startDoor>>;
let area: Awaited<ReturnType<typeof startArea>>;

async function start(createModel: number): Promise<void> {
  homelab = await startBigQueryHomelab({ durationsMs: { createModel } });
  door = await startDoor(homelab);
  area = await startArea({ config: areaConfig(homelab) });
}
afterEach(async () => {
  await area?.[Symbol.asyncDispose]();
  await door?.[Symbol.asyncDispose]();
  await homelab?.close();
});

/** A request to the warehouse itself, by somebody who may change it. */
async function ask(
  method: string,
  path: string,
  { body, project = 'homelab-lamp' }: { body?: object; project?: string } = {},
): Promise<Response> {
  const headers = { authorization: `Bearer ${homelab.tokens.operator}`, 'content-type': 'application/json' };
  const url = `${homelab.url}/bigquery/v2/projects/${project}${path}`;
  return fetch(url, { method, headers, body: body && JSON.stringify(body) });
}

async function query(sql: string, project?: string): Promise<void> {
  const answer = await ask('POST', '/queries', {
    body: { query: sql, useLegacySql: false, location: 'EU' },
    project,
  });
  expect([answer.status, await answer.json()]).toEqual([200, expect.objectContaining({ jobComplete: true })]);
}

/** Begins a training past the door. */
async function train(jobId: string, sql: string, configuration: object = {}): Promise<void> {
  const answer = await ask('POST', '/jobs', {
    body: {
      jobReference: { projectId: 'homelab-lamp', location: 'EU', jobId },
      configuration: { query: { query: sql, useLegacySql: false, ...configuration } },
    },
  });
  expect(answer.status).toBe(200);
}

describe('what a model was last trained on', () => {
  it('is found again after it was replaced by a copy, and after it was taken back', async () => {
    await start(0);
    const first = await door.client.plan({ operation: 'ml-models-retrain', entityRef, input: {} });
    expect(first.documents[0].after).toContain('`homelab-lamp.weather_analysis.berlin_weather`');
    const run = await door.carryOut({
      operation: 'ml-models-retrain',
      entityRef,
      input: { source: { kind: 'query', query: warmerQuery } },
    });
    expect(run.state).toBe('succeeded');
    const second = await door.client.plan({ operation: 'ml-models-retrain', entityRef, input: {} });
    expect(second.documents[0].after).toContain('avg_temp_celsius + 10');
    const { points } = await area.client.getResiduals(temperature);
    expect(points.map(({ actual }) => actual)).toEqual([12, 12.2, 13.5, 13.7, 15.8, 16]);

    expect(await door.undo(run.id)).toMatchObject({ state: 'succeeded' });
    const third = await door.client.plan({ operation: 'ml-models-retrain', entityRef, input: {} });
    expect(third.documents[0].after).not.toContain('+ 10');
  });

  it('is asked for where its tables have other meanings in the project that is billed', async () => {
    const theirs = 'mlops-476802.weather_analysis.rain';
    const there = {
      ...temperatureEntity,
      metadata: {
        ...temperatureEntity.metadata,
        name: 'mlops-476802.weather-analysis.rain',
        annotations: { 'bigquery.googleapis.com/model': theirs },
      },
    };
    homelab = await startBigQueryHomelab({ durationsMs: { createModel: 0 } });
    const ownership = homelab.projects.map(project => ({ group: 'ml-team', bigquery: [{ project }] }));
    door = await startDoor(homelab, [there], { ownership });
    await query('CREATE SCHEMA `mlops-476802`.weather_analysis', 'mlops-476802');
    await query(
      'CREATE TABLE weather_analysis.berlin_weather AS SELECT * FROM `homelab-lamp`.weather_analysis.berlin_weather',
      'mlops-476802',
    );
    await query(
      `CREATE MODEL weather_analysis.rain OPTIONS (model_type = 'linear_reg', input_label_cols = ['avg_temp_celsius'])
        AS SELECT year, month, avg_temp_celsius FROM weather_analysis.berlin_weather`,
      'mlops-476802',
    );
    const request = { operation: 'ml-models-retrain', entityRef: stringifyEntityRef(there), input: {} };
    await expect(door.client.plan(request)).rejects.toMatchObject({
      statusCode: 400,
      body: { error: { message: expect.stringMatching(/trained in mlops-476802/) } },
    });
  });

  it('is asked for where upstream does not remember it', async () => {
    await start(0);
    const { items } = await area.client.listJobs({ model, limit: 200 });
    for (const { id } of items) await ask('DELETE', `/jobs/${id}/delete?location=EU`);
    const months = await area.client.getUsage(undefined);
    for (const { key } of months.byMonth) {
      const { items: earlier } = await area.client.listJobs({ model, month: key, limit: 200 });
      for (const { id } of earlier) await ask('DELETE', `/jobs/${id}/delete?location=EU`);
    }
    const code = await area.client.getResiduals(temperature).then(
      () => 'no error',
      (error: unknown) => errorCodeOf(error),
    );
    expect(code).toBe('TRAINING_QUERY_UNKNOWN');
    await expect(door.client.plan({ operation: 'ml-models-retrain', entityRef, input: {} })).rejects.toMatchObject({
      body: { error: { message: expect.stringMatching(/say what to train on/) } },
    });
  });
});

it('residuals read what the training read, and not what somebody put in its place since', async () => {
  await start(0);
  await query('CREATE TABLE weather_analysis.own AS SELECT * FROM weather_analysis.berlin_weather');
  const source = { kind: 'table', table: 'own' };
  const run = await door.carryOut({ operation: 'ml-models-retrain', entityRef, input: { source } });
  expect(run.state).toBe('succeeded');
  expect((await area.client.getResiduals(temperature)).points).toHaveLength(6);
  // A view in the place of the table, which the homelab does not have: what BigQuery says of it in a dry run.
  const referencedTables = ['own', 'salaries'].map(tableId => ({
    ...{ projectId: 'homelab-lamp', datasetId: 'weather_analysis', tableId },
  }));
  const statistics = { query: { statementType: 'SELECT', referencedTables } };
  const headers = { 'content-type': 'application/json' };
  const reply = { headers, body: JSON.stringify({ kind: 'bigquery#job', statistics }) };
  homelab.faults.next({ method: 'POST', path: '*/jobs' }, { reply });
  await expect(area.client.getResiduals(temperature)).rejects.toMatchObject({
    statusCode: 403,
    body: { error: { message: expect.stringMatching(/reads other tables today/) } },
  });
});

describe('while a training runs', () => {
  const retrain = {
    operation: 'ml-models-retrain',
    entityRef,
    input: { source: { kind: 'query', query: warmerQuery } },
  };

  async function begin(): Promise<string> {
    await start(60_000);
    const plan = await door.client.plan(retrain);
    const { id } = await door.client.run({ planId: plan.id, idempotencyKey: randomUUID() });
    await eventually(
      async () => (await ask('GET', `/jobs/leitstand_${id}_train?location=EU`)).status,
      status => status === 200,
    );
    return id;
  }
  async function jobOf(runId: string) {
    const answer = await ask('GET', `/jobs/leitstand_${runId}_train?location=EU`);
    return (await answer.json()) as { status: { state: string; errorResult?: { reason: string } } };
  }

  it('a cancelled run cancels its job, and leaves nothing', async () => {
    const id = await begin();
    await door.client.cancelRun(id);
    const run = await door.ended(id);
    expect(run).toMatchObject({ state: 'cancelled' });
    expect((await jobOf(id)).status).toMatchObject({ state: 'DONE', errorResult: { reason: 'stopped' } });
    const { items } = await area.client.listModels();
    expect(items.map(({ ref }) => ref.model).sort()).toEqual(['condition_model', 'frost_model', temperature.model]);
  });

  it('its job is found among those of the model, and can be cancelled there', async () => {
    const id = await begin();
    const { items } = await area.client.listJobs({ model, state: 'running', limit: 10 });
    expect(items.map(job => [job.id, job.model])).toEqual([
      [`leitstand_${id}_train`, `${model}__candidate_${id.slice(0, 8)}`],
    ]);
    const { byModel } = await area.client.getUsage(undefined);
    expect(byModel.map(({ key }) => key)).not.toContain(items[0].model);
    const cancel = { operation: 'ml-models-cancel-job', entityRef, input: { jobId: items[0].id } };
    expect((await door.client.plan(cancel)).summary).toBe(`Cancel the job ${items[0].id}`);
    await door.client.cancelRun(id);
    expect(await door.ended(id)).toMatchObject({ state: 'cancelled' });
  });

  it('a cancelled job fails the run that waits for it', async () => {
    const id = await begin();
    expect(isFinished((await door.client.getRun(id)).state)).toBe(false);
    const response = await ask('POST', `/jobs/leitstand_${id}_train/cancel?location=EU`);
    expect(response.status).toBe(200);
    expect(await door.ended(id)).toMatchObject({ state: 'failed', error: { code: 'TRAINING_FAILED' } });
  });
});

describe('ml-models-cancel-job', () => {
  it('stops a training that somebody else began, and refuses what is no running job of the model', async () => {
    await start(60_000);
    const sql = `CREATE OR REPLACE MODEL \`${model}\` OPTIONS (model_type = 'linear_reg',
      input_label_cols = ['avg_temp_celsius']) AS SELECT month, avg_temp_celsius FROM weather_analysis.berlin_weather`;
    await train('by_hand', sql);
    const theirs = `CREATE MODEL theirs OPTIONS (model_type = 'linear_reg', input_label_cols = ['avg_temp_celsius']) AS
      SELECT month, predicted_avg_temp_celsius AS avg_temp_celsius
      FROM ML.PREDICT(MODEL \`${model}\`, TABLE weather_analysis.berlin_weather)`;
    const defaultDataset = { projectId: 'homelab-lamp', datasetId: 'weather_analysis' };
    await train('of_others', theirs, { defaultDataset });
    const cancel = (jobId: string) => ({ operation: 'ml-models-cancel-job', entityRef, input: { jobId } });
    const run = await door.carryOut(cancel('by_hand'));
    expect(run).toMatchObject({ state: 'succeeded', undo: { isPossible: false } });
    await expect(door.client.plan(cancel('by_hand'))).rejects.toMatchObject({
      body: { error: { code: 'NOTHING_TO_CHANGE' } },
    });
    // A training of another model that asks this one.
    await expect(door.client.plan(cancel('of_others'))).rejects.toMatchObject({ response: { status: 404 } });
    await expect(door.client.plan(cancel('nothing'))).rejects.toMatchObject({ response: { status: 404 } });
    await expect(door.client.plan(cancel('../x'))).rejects.toMatchObject({ response: { status: 400 } });
  });
});
