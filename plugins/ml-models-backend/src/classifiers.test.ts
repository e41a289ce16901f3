import { startBigQueryHomelab, type BigQueryHomelab } from '@leitstand/homelab';
import { areaConfig, startArea, temperature } from './__testUtils__/startArea';

const frost = { ...temperature, model: 'frost_model' };
const condition = { ...temperature, model: 'condition_model' };
const cold = { avg_temp_celsius: 1, humidity_percent: 80, wind_speed_kmh: 10, cloud_cover_percent: 20 };
const april = { month: '4', avg_temp_celsius: 9, humidity_percent: 70, pressure_hpa: 1013, cloud_cover_percent: 50 };

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

describe('a binary classifier', () => {
  it('says its thresholds in order, with counts that add up to the same rows', async () => {
    const { trainingRuns, quality } = await area.client.getModel(frost);
    const evaluation = trainingRuns.at(-1)!.evaluation;
    if (evaluation.kind !== 'binary') throw new Error(`It is ${evaluation.kind}`);
    expect(quality?.metric).toBe('roc_auc');
    const thresholds = evaluation.thresholds.map(({ threshold }) => threshold);
    expect(thresholds.length).toBeGreaterThan(2);
    expect(thresholds).toEqual([...thresholds].sort((a, b) => a - b));
    const totals = evaluation.thresholds.map(
      each => each.truePositives + each.falsePositives + each.trueNegatives + each.falseNegatives,
    );
    expect(new Set(totals).size).toBe(1);
    expect(totals[0]).toBeGreaterThan(0);
    expect(new Set([evaluation.positiveLabel, evaluation.negativeLabel])).toEqual(new Set(['true', 'false']));
  });

  it('decides by the threshold that is asked for; probabilities stay, the most probable first', async () => {
    const [never, always] = await Promise.all(
      [1, 0].map(threshold => area.client.predict(frost, { rows: [cold], threshold })),
    );
    expect(String(never.predictions[0].predicted)).toBe('false');
    expect(String(always.predictions[0].predicted)).toBe('true');
    expect(never.predictions[0].probabilities).toEqual(always.predictions[0].probabilities);
    const [first, second] = never.predictions[0].probabilities.map(({ probability }) => probability);
    expect(first).toBeGreaterThanOrEqual(second);
    expect(first + second).toBeCloseTo(1, 6);
  });

  it('is explained, with the threshold', async () => {
    const { predictions } = await area.client.predict(frost, { rows: [cold], explain: true, threshold: 0.3 });
    const [{ explanation, probabilities }] = predictions;
    expect(explanation?.attributions.map(({ feature }) => feature).sort()).toEqual(Object.keys(cold).sort());
    expect(probabilities.length).toBeGreaterThan(0);
  });
});

describe('a classifier of several', () => {
  it('has a confusion matrix of as many rows as columns', async () => {
    const { trainingRuns } = await area.client.getModel(condition);
    const evaluation = trainingRuns.at(-1)!.evaluation;
    if (evaluation.kind !== 'multiclass') throw new Error(`It is ${evaluation.kind}`);
    const { labels, counts } = evaluation.confusionMatrix!;
    expect(labels.length).toBeGreaterThan(2);
    expect(new Set(labels).size).toBe(labels.length);
    expect(counts.map(row => row.length)).toEqual(labels.map(() => labels.length));
    expect(counts.flat().reduce((sum, count) => sum + count, 0)).toBeGreaterThan(0);
  });

  it('predicts a label with the probability of each, also of a category that it does not know', async () => {
    const { predictions } = await area.client.predict(condition, { rows: [april, { ...april, month: 'x' }] });
    for (const { predicted, probabilities } of predictions) {
      expect(probabilities[0].label).toBe(predicted);
      expect(probabilities.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 6);
    }
  });

  it('knows the categories of its features', async () => {
    const { features } = await area.client.getFeatures(condition);
    expect(features.find(({ name }) => name === 'month')?.categories).toContain('4');
    expect(features.find(({ name }) => name === 'avg_temp_celsius')?.weights.length).toBeGreaterThan(0);
  });
});

it('takes a value that looks like a query for a value', async () => {
  const month = "4') UNION ALL SELECT '`; DROP MODEL weather_analysis.condition_model; --";
  const { predictions } = await area.client.predict(condition, { rows: [{ ...april, month }] });
  expect(predictions[0].features.month).toBe(month);
  expect((await area.client.getModel(condition)).ref).toEqual(condition);
});
