import type { Entity } from '@backstage/catalog-model';
import type { Features, Job, Model, ModelList, ModelSummary, Predictions } from '@leitstand/plugin-ml-models-common';

const observedAt = '2026-03-01T08:00:00.000Z';

/** A linear model of the temperature by year and month; for tests. */
export function modelOf(overrides: Partial<Model> = {}): Model {
  return {
    ref: { project: 'homelab-lamp', dataset: 'weather_analysis', model: 'temp_prediction_model' },
    type: 'LINEAR_REGRESSION',
    isKnownType: true,
    label: 'avg_temp_celsius',
    featureCount: 2,
    quality: { metric: 'r2_score', value: 0.94 },
    labels: { team: 'ml', 'leitstand-entity': 'resource_default_x' },
    location: 'EU',
    entityRef: 'resource:default/temp-prediction-model',
    createdAt: '2026-02-01T08:00:00.000Z',
    modifiedAt: '2026-02-20T08:00:00.000Z',
    features: [
      { name: 'year', type: 'INT64' },
      { name: 'month', type: 'INT64' },
    ],
    labelColumns: [{ name: 'avg_temp_celsius', type: 'FLOAT64' }],
    trainingRuns: [
      {
        startedAt: '2026-02-20T07:59:00.000Z',
        options: { lossType: 'MEAN_SQUARED_LOSS', optimizationStrategy: 'NORMAL_EQUATION' },
        iterations: [{ index: 0, trainingLoss: 0.02, durationMs: 2100 }],
        evaluation: {
          kind: 'regression',
          metrics: [
            { metric: 'mean_absolute_error', value: 0.11 },
            { metric: 'r2_score', value: 0.94 },
          ],
        },
      },
    ],
    globalExplanation: [],
    serving: [
      { entityRef: 'component:default/weather-backend', path: '/predict?m={month}', origin: 'http://weather:8080' },
    ],
    freshness: { observedAt },
    ...overrides,
  };
}

/** A classifier of frost with three thresholds; for tests. */
export function frostModelOf(overrides: Partial<Model> = {}): Model {
  const counts = { truePositives: 8, falsePositives: 2, trueNegatives: 18, falseNegatives: 2 };
  return modelOf({
    ref: { project: 'homelab-lamp', dataset: 'weather_analysis', model: 'frost_model' },
    type: 'LOGISTIC_REGRESSION',
    label: 'has_frost',
    quality: { metric: 'roc_auc', value: 0.97 },
    entityRef: 'resource:default/frost-model',
    features: [
      { name: 'humidity', type: 'FLOAT64' },
      { name: 'sky', type: 'STRING' },
    ],
    trainingRuns: [
      {
        options: { lossType: 'MEAN_LOG_LOSS' },
        iterations: [
          { index: 0, trainingLoss: 0.6, evalLoss: 0.62, durationMs: 200 },
          { index: 1, trainingLoss: 0.4, evalLoss: 0.45, durationMs: 210 },
        ],
        evaluation: {
          kind: 'binary',
          metrics: [
            { metric: 'roc_auc', value: 0.97 },
            { metric: 'mean_absolute_error', value: 0.2 },
          ],
          positiveLabel: 'true',
          negativeLabel: 'false',
          thresholds: [
            { threshold: 0.2, truePositives: 10, falsePositives: 6, trueNegatives: 14, falseNegatives: 0 },
            { threshold: 0.5, ...counts, precision: 0.8, recall: 0.8, f1Score: 0.8, accuracy: 0.867 },
            { threshold: 0.9, truePositives: 3, falsePositives: 0, trueNegatives: 20, falseNegatives: 7 },
          ],
        },
      },
    ],
    ...overrides,
  });
}

/** What the features of both models look like; for tests. */
export function featuresOf(): Features {
  return {
    features: [
      {
        name: 'year',
        type: 'INT64',
        min: 2023,
        max: 2024,
        mean: 2023.5,
        stddev: 0.5,
        categories: [],
        weights: [{ weight: 0.4 }],
      },
      {
        name: 'month',
        type: 'INT64',
        min: 1,
        max: 3,
        mean: 2,
        stddev: 0.8,
        categories: [],
        weights: [{ weight: 1.9 }],
      },
      {
        name: 'sky',
        type: 'STRING',
        categoryCount: 2,
        categories: ['clear', 'cloudy'],
        weights: [
          { category: 'clear', weight: 0.7 },
          { category: 'cloudy', weight: -0.3 },
        ],
      },
    ],
    intercept: -807.5,
    freshness: { observedAt },
  };
}

/** The answer about January 2025; for tests. */
export function predictionsOf(overrides: Partial<Predictions> = {}): Predictions {
  return {
    id: '7f2c1a52-8d3f-4a53-9d5e-0c3f5a0f6f10',
    label: 'avg_temp_celsius',
    predictions: [{ features: { year: 2025, month: 1 }, predicted: 2.266666, probabilities: [] }],
    job: { id: 'job_1', bytesProcessed: 0, bytesBilled: 0, isCacheHit: false },
    durationMs: 42,
    createdAt: observedAt,
    ...overrides,
  };
}

/** A training that runs; for tests. */
export function jobOf(overrides: Partial<Job> = {}): Job {
  return {
    project: 'homelab-lamp',
    location: 'EU',
    id: 'train_1',
    type: 'QUERY',
    statementType: 'CREATE_MODEL',
    user: 'lea@example.org',
    model: 'homelab-lamp.weather_analysis.temp_prediction_model',
    state: 'RUNNING',
    bytesProcessed: 0,
    bytesBilled: 10 * 1024 ** 2,
    cost: { amount: 0.00006, currency: 'USD' },
    createdAt: observedAt,
    startedAt: observedAt,
    labels: {},
    ...overrides,
  };
}

/** A row of the list of models; for tests. */
export function summaryOf(overrides: Partial<ModelSummary> = {}): ModelSummary {
  const {
    features: _f,
    labelColumns: _l,
    trainingRuns: _t,
    globalExplanation: _g,
    serving: _s,
    freshness: _h,
    ...rest
  } = modelOf();
  return { ...rest, ...overrides };
}

/** A list of models; for tests. */
export function modelListOf(overrides: Partial<ModelList> = {}): ModelList {
  return {
    items: [summaryOf()],
    sources: [{ connection: 'homelab', observedAt }],
    facets: {
      types: ['LINEAR_REGRESSION'],
      datasets: [{ project: 'homelab-lamp', dataset: 'weather_analysis' }],
    },
    ...overrides,
  };
}

/** The entity of {@link modelOf}; for tests. */
export function entityOf(model: string = 'homelab-lamp.weather_analysis.temp_prediction_model'): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Resource',
    metadata: {
      name: 'temp-prediction-model',
      namespace: 'default',
      annotations: { 'bigquery.googleapis.com/model': model },
    },
    spec: { type: 'ai-model', owner: 'group:default/ml-team' },
  };
}
