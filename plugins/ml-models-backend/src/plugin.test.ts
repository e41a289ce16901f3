import { startBigQueryHomelab, type BigQueryHomelab } from '@leitstand/homelab';
import { codeOf } from '@leitstand/plugin-kit-node/testUtils';
import { areaConfig, startArea, temperature } from './__testUtils__/startArea';

let homelab: BigQueryHomelab;
let area: Awaited<ReturnType<typeof startArea>>;

beforeAll(async () => {
  homelab = await startBigQueryHomelab({ durationsMs: { createModel: 0 } });
  area = await startArea({ config: areaConfig(homelab) });
});
afterAll(async () => {
  await area?.[Symbol.asyncDispose]();
  await homelab?.close();
});

const january = { year: 2025, month: 1 };

describe('models', () => {
  it('are listed with type, label, quality and freshness, and can be searched', async () => {
    const { items, sources, facets } = await area.client.listModels();
    expect(items.find(({ ref }) => ref.model === temperature.model)).toMatchObject({
      ref: temperature,
      type: 'LINEAR_REGRESSION',
      isKnownType: true,
      label: 'avg_temp_celsius',
      featureCount: 2,
      quality: { metric: 'r2_score', value: expect.any(Number) },
    });
    expect(sources).toEqual([{ connection: 'homelab', observedAt: expect.any(String) }]);
    expect(facets.types).toContain('LINEAR_REGRESSION');
    const found = await area.client.listModels({ search: 'TEMP celsius' });
    expect(found.items.map(({ ref }) => ref)).toEqual([temperature]);
  });

  it('come one page after the other', async () => {
    const first = await area.client.listModels({ limit: 1 });
    const second = await area.client.listModels({ limit: 1, cursor: first.nextCursor });
    expect(second.items[0].ref).not.toEqual(first.items[0].ref);
  });

  it('say what their training was and how good', async () => {
    const model = await area.client.getModel(temperature);
    expect(model.features).toEqual([
      { name: 'year', type: 'INT64' },
      { name: 'month', type: 'INT64' },
    ]);
    const [run] = model.trainingRuns;
    expect(run.iterations).toHaveLength(1);
    expect(run.evaluation).toMatchObject({
      kind: 'regression',
      metrics: expect.arrayContaining([{ metric: 'r2_score', value: expect.any(Number) }]),
    });
  });

  it('have statistics and weights of their features, asked once for all', async () => {
    homelab.journal.clear();
    const [first, second] = await Promise.all([
      area.client.getFeatures(temperature),
      area.client.getFeatures(temperature),
    ]);
    expect(second).toEqual(first);
    expect(first.features.find(({ name }) => name === 'month')).toMatchObject({
      type: 'INT64',
      min: 1,
      max: 3,
      mean: 2,
    });
    expect(homelab.journal.count(({ method }) => method === 'POST')).toBe(2);
  });

  it.each([
    [{ ...temperature, model: 'gone' }, 'MODEL_NOT_FOUND'],
    [{ ...temperature, project: 'somewhere-else' }, 'PROJECT_NOT_CONNECTED'],
  ])('that are not there are refused: %j', async (ref, code) => {
    expect(await codeOf(area.client.getModel(ref))).toBe(code);
  });
});

describe('predictions', () => {
  it('are one job upstream, in the order of the rows, and remembered for the person who asked', async () => {
    homelab.journal.clear();
    const rows = [3, 1, 2].map(month => ({ year: 2025, month }));
    const answer = await area.client.predict(temperature, { rows });
    expect(answer.predictions.map(({ predicted }) => Number(predicted).toFixed(4))).toEqual([
      '6.0667',
      '2.2667',
      '4.1667',
    ]);
    expect(answer.predictions.map(({ features }) => features)).toEqual(rows);
    expect(answer.label).toBe('avg_temp_celsius');
    expect(homelab.journal.count(({ method }) => method === 'POST')).toBe(1);
    const [recent] = await area.client.listRecentPredictions(temperature);
    expect(recent).toMatchObject({ id: answer.id, rows });
    expect(await area.clientOf('user:default/otto').listRecentPredictions(temperature)).toEqual([]);
  });

  it('are explained by what each feature added to what the model says without any', async () => {
    const { predictions } = await area.client.predict(temperature, { rows: [january], explain: true });
    const { baseline, attributions } = predictions[0].explanation!;
    const sum = attributions.reduce((total, { attribution }) => total + attribution, baseline);
    expect(sum).toBeCloseTo(Number(predictions[0].predicted), 6);
    expect(attributions.map(({ feature }) => feature).sort()).toEqual(['month', 'year']);
  });

  it('are estimated without running anything', async () => {
    expect(await area.client.estimatePrediction(temperature, { rows: [january] })).toEqual({
      bytesProcessed: expect.any(Number),
      maximumBytesBilled: 1024 ** 3,
      cost: { amount: expect.any(Number), currency: 'USD' },
    });
  });

  it.each([
    [{ year: 'x', month: 1 }, /Row 1: year has to be a whole number/],
    [{ year: 1.5, month: 1 }, /Row 1: year has to be a whole number/],
    [{ year: '99999999999999999999', month: 1 }, /year has to be a whole number of 64 bits/],
    [{ month: 1 }, /Row 1: year is missing/],
    [{ year: 1, month: 1, 'x` , (SELECT 1)': 1 }, /is no feature of the model/],
  ])('refuse the row %j', async (row, words) => {
    const refused = area.client.predict(temperature, { rows: [row as Record<string, number>] });
    expect(await codeOf(refused)).toBe('FEATURE_VALUE_INVALID');
    await expect(refused).rejects.toMatchObject({ body: { error: { message: expect.stringMatching(words) } } });
  });

  it.each(['a`b', "a'b", 'a.b', 'a b', 'a;DROP', '../x', 'a%60b'])('refuse the identifier %s', async name => {
    homelab.journal.clear();
    await expect(area.client.predict({ ...temperature, model: name }, { rows: [january] })).rejects.toMatchObject({
      response: { status: 400 },
    });
    expect(homelab.journal.count()).toBe(0);
  });
});

describe('residuals', () => {
  it('compare what is so with what the model says, on what it was trained on', async () => {
    const { points, bytesBilled } = await area.client.getResiduals(temperature);
    expect(points.map(({ actual, predicted }) => [actual, Number(predicted.toFixed(4))])).toEqual([
      [2, 1.8667],
      [2.2, 2.0667],
      [3.5, 3.7667],
      [3.7, 3.9667],
      [5.8, 5.6667],
      [6, 5.8667],
    ]);
    expect(bytesBilled).toBeGreaterThan(0);
  });

  it('are refused for classifiers', async () => {
    const frost = { ...temperature, model: 'frost_model' };
    await expect(area.client.getResiduals(frost)).rejects.toMatchObject({ response: { status: 400 } });
  });
});

describe('jobs and data', () => {
  it('show who ran what, and what it cost by user, model and month', async () => {
    await area.client.predict(temperature, { rows: [january] });
    const { items } = await area.client.listJobs({ model: 'homelab-lamp.weather_analysis.temp_prediction_model' });
    expect(items[0]).toMatchObject({ state: 'DONE', model: 'homelab-lamp.weather_analysis.temp_prediction_model' });
    const usage = await area.client.getUsage(undefined);
    expect(usage.byMonth).toHaveLength(6);
    expect(usage.byUser.length).toBeGreaterThan(0);
    expect(usage.byMonth.at(-1)).toMatchObject({ key: usage.month, jobCount: expect.any(Number) });
  });

  it('offer datasets, tables with their columns, and what a query would return', async () => {
    const { items: datasets } = await area.client.listDatasets();
    expect(datasets).toContainEqual(expect.objectContaining({ project: 'homelab-lamp', dataset: 'weather_analysis' }));
    homelab.faults.next({ method: 'GET', path: '*/tables/*_daily' }, { status: 404 }); // deleted since it was listed
    const { items: tables } = await area.client.listTables(temperature);
    expect(tables.map(({ ref }) => ref.table)).toEqual(['berlin_weather']);
    expect(tables.find(({ ref }) => ref.table === 'berlin_weather')).toMatchObject({
      rowCount: 6,
      columns: [
        { name: 'year', type: 'INT64' },
        { name: 'month', type: 'INT64' },
        { name: 'avg_temp_celsius', type: 'FLOAT64' },
      ],
    });
    const project = 'homelab-lamp';
    const query = 'SELECT year, avg_temp_celsius FROM weather_analysis.berlin_weather';
    expect(await area.client.estimateQuery({ project, query })).toMatchObject({
      bytesProcessed: 96,
      columns: [
        { name: 'year', type: 'INT64' },
        { name: 'avg_temp_celsius', type: 'FLOAT64' },
      ],
    });
    expect(await codeOf(area.client.estimateQuery({ project, query: 'SELECT nothing' }))).toBe('QUERY_INVALID');
    const drop = { project, query: 'DROP TABLE weather_analysis.berlin_weather' };
    expect(await codeOf(area.client.estimateQuery(drop))).toBe('UPSTREAM_FORBIDDEN');
    await using careless = await startArea({
      config: areaConfig({
        url: homelab.url,
        projects: homelab.projects,
        tokens: { ...homelab.tokens, reader: homelab.tokens.operator },
      }),
    });
    expect(await codeOf(careless.client.estimateQuery(drop))).toBe('QUERY_NOT_SELECT');
  });

  it('say how the portal is connected', async () => {
    const { items } = await area.client.listConnections();
    expect(items).toMatchObject([{ system: 'BigQuery', name: 'homelab', state: 'connected' }]);
  });
});

describe('an upstream that is down', () => {
  it('leaves the last known state, marked, with a typed error; it recovers by itself', async () => {
    await area.client.getModel(temperature);
    await new Promise(resolve => setTimeout(resolve, 1_600));
    {
      using _ = homelab.faults.always({ path: '*' }, { status: 503 });
      const stale = await area.client.getModel(temperature);
      expect(stale.freshness.staleBecause).toMatchObject({ code: 'UPSTREAM_FAILED' });
      expect(await codeOf(area.client.predict(temperature, { rows: [january] }))).toBe('UPSTREAM_FAILED');
    }
    await new Promise(resolve => setTimeout(resolve, 2_100));
    expect((await area.client.getModel(temperature)).freshness.staleBecause).toBeUndefined();
  });
});

describe('permissions', () => {
  it.each(['ml-models.model.read', 'ml-models.predict', 'ml-models.job.read'])(
    'without %s its routes are refused',
    async name => {
      await using refusing = await startArea({ config: areaConfig(homelab), denied: [name] });
      const calls = {
        'ml-models.model.read': () => refusing.client.getModel(temperature),
        'ml-models.predict': () => refusing.client.predict(temperature, { rows: [january] }),
        'ml-models.job.read': () => refusing.client.listJobs(),
      };
      await expect(calls[name as keyof typeof calls]()).rejects.toMatchObject({ response: { status: 403 } });
    },
  );
});
