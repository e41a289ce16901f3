import type { OptionValue, Relation } from '../../model';
import { mlFunctions } from '..';
import { call, relationOf, train } from '../__testUtils__/train';
import type { TrainedModel } from '../TrainedModel';

let linear: TrainedModel;
let binary: TrainedModel;
let multiclass: TrainedModel;

const days = relationOf({ warmth: 'FLOAT', place: 'STRING', ice: 'INTEGER' }, [
  [-4, 'hill', 1],
  [-2, 'hill', 1],
  [-1, 'town', 1],
  [0, 'hill', 1],
  [1, 'town', 0],
  [2, 'hill', 0],
  [3, 'town', 0],
  [6, 'town', 0],
]);

beforeAll(async () => {
  const measured = relationOf({ size: 'NUMERIC', kind: 'BOOLEAN', price: 'NUMERIC' }, [
    ['1', true, '12'],
    ['2', false, '14'],
    ['3', true, '16'],
    ['4', false, '18'],
  ]);
  linear = (
    await train(measured, {
      model_type: 'linear_reg',
      input_label_cols: ['price'],
      optimize_strategy: 'NORMAL_EQUATION',
    })
  ).model;
  const options = { model_type: 'logistic_reg', l2_reg: 0.1, enable_global_explain: true };
  binary = (await train(days, { ...options, input_label_cols: ['ice'] })).model;
  multiclass = (await train(days, { ...options, input_label_cols: ['place'] })).model;
});

const shapeOf = ({ fields }: Relation) =>
  fields.map(({ name, type, mode, fields: parts }) =>
    [name, type, ...(mode === 'REPEATED' ? parts!.map(part => `${part.name} ${part.type}`) : [])].join(' '),
  );

describe('ML.PREDICT', () => {
  it('takes what can be coerced, in any order and case, and passes other columns through', () => {
    const input = relationOf({ note: 'STRING', KIND: 'BOOLEAN', Size: 'INTEGER' }, [['x', true, 10]]);
    const relation = mlFunctions.PREDICT!.call(linear, input, {});
    expect(shapeOf(relation)).toEqual(['predicted_price FLOAT', 'note STRING', 'KIND BOOLEAN', 'Size INTEGER']);
    expect(relation.rows).toEqual([[expect.closeTo(30, 9), 'x', true, 10n]]);
  });

  it('gives class and probabilities with the type of the label, the positive class first', () => {
    const input = relationOf({ warmth: 'FLOAT', place: 'STRING' }, [
      [-5, 'hill'],
      [5, 'sea'],
    ]);
    const relation = mlFunctions.PREDICT!.call(binary, input, {});
    expect(shapeOf(relation).slice(0, 2)).toEqual([
      'predicted_ice INTEGER',
      'predicted_ice_probs RECORD label INTEGER prob FLOAT',
    ]);
    const [cold, warm] = call('PREDICT', binary, { input });
    expect([cold!.predicted_ice, warm!.predicted_ice]).toEqual([1n, 0n]);
    const [positive, negative] = cold!.predicted_ice_probs as { label: bigint; prob: number }[];
    expect([positive!.label, negative!.label]).toEqual([1n, 0n]);
    expect(positive!.prob + negative!.prob).toBeCloseTo(1, 12);
    const [strict] = call('PREDICT', binary, { input, settings: { THRESHOLD: 1 } });
    expect(strict!.predicted_ice).toBe(0n);
  });

  it('works on no rows, as a dry run has them', () => {
    expect(call('PREDICT', binary, { input: { ...days, rows: [] } })).toEqual([]);
    expect(call('EVALUATE', binary, { input: { ...days, rows: [] } })).toMatchObject([
      { accuracy: null, roc_auc: null },
    ]);
    const input = relationOf({ size: 'NUMERIC', kind: 'BOOLEAN', price: 'FLOAT' }, []);
    expect(call('EVALUATE', linear, { input })).toMatchObject([{ r2_score: null, median_absolute_error: null }]);
    expect(call('ROC_CURVE', binary, { input: { ...days, rows: [] } })).toEqual([]);
  });
});

describe('ML.EVALUATE and its like', () => {
  it('evaluates with given data as with the data of the training', () => {
    expect(call('EVALUATE', binary, { input: days })).toEqual(call('EVALUATE', binary));
    expect(shapeOf(mlFunctions.EVALUATE!.call(linear, undefined, {}))).toEqual([
      'mean_absolute_error FLOAT',
      'mean_squared_error FLOAT',
      'mean_squared_log_error FLOAT',
      'median_absolute_error FLOAT',
      'r2_score FLOAT',
      'explained_variance FLOAT',
    ]);
    const input = relationOf({ size: 'INTEGER', kind: 'BOOLEAN', price: 'INTEGER' }, [
      [5, true, 20],
      [6, true, 23],
      [7, true, null],
    ]);
    expect(call('EVALUATE', linear, { input })).toMatchObject([{ mean_absolute_error: expect.closeTo(0.5, 9) }]);
  });

  it('obeys a threshold', () => {
    expect(call('EVALUATE', binary, { settings: { threshold: 0 } })).toMatchObject([{ precision: 0.5, recall: 1 }]);
    expect(call('CONFUSION_MATRIX', binary, { settings: { threshold: 0 } })).toEqual([
      { expected_label: 0n, _0: 0n, _1: 4n },
      { expected_label: 1n, _0: 0n, _1: 4n },
    ]);
  });

  it('names columns of the confusion matrix by labels', async () => {
    const odd = relationOf({ x: 'FLOAT', label: 'STRING' }, [
      [1, '<=50 K'],
      [2, '>=50 K'],
      [3, ''],
      [4, 'expected_label'],
    ]);
    const { model } = await train(odd, { model_type: 'logistic_reg' });
    const [row] = call('CONFUSION_MATRIX', model);
    expect(Object.keys(row!)).toEqual(['expected_label', '_', '__50_K', '__50_K_1', 'expected_label_1']);
  });

  it('draws the ROC curve at the scores or at given thresholds', () => {
    const relation = mlFunctions.ROC_CURVE!.call(binary, undefined, {});
    expect(shapeOf(relation)).toEqual([
      'threshold FLOAT',
      'recall FLOAT',
      'false_positive_rate FLOAT',
      'true_positives INTEGER',
      'false_positives INTEGER',
      'true_negatives INTEGER',
      'false_negatives INTEGER',
    ]);
    expect(relation.rows).toHaveLength(8);
    expect(relation.rows.at(-1)!.slice(1)).toEqual([1, 1, 4n, 4n, 0n, 0n]);
    const points = call('ROC_CURVE', binary, { input: days, settings: { thresholds: [0, 1] } });
    expect(points.map(({ threshold, recall }) => [threshold, recall])).toEqual([
      [0, 1],
      [1, 0],
    ]);
  });
});

describe('explanations', () => {
  it('adds attributions and baseline up to the prediction', () => {
    const input = relationOf({ size: 'NUMERIC', kind: 'BOOLEAN' }, [['7', true]]);
    const relation = mlFunctions.EXPLAIN_PREDICT!.call(linear, input, {});
    expect(shapeOf(relation)).toEqual([
      'predicted_price FLOAT',
      'top_feature_attributions RECORD feature STRING attribution FLOAT',
      'baseline_prediction_value FLOAT',
      'prediction_value FLOAT',
      'approximation_error FLOAT',
      'size NUMERIC',
      'kind BOOLEAN',
    ]);
    const [row] = call('EXPLAIN_PREDICT', linear, { input });
    const attributions = row!.top_feature_attributions as { feature: string; attribution: number }[];
    expect(attributions.map(({ feature }) => feature)).toEqual(['size', 'kind']);
    const sum = attributions.reduce(
      (total, { attribution }) => total + attribution,
      Number(row!.baseline_prediction_value),
    );
    expect(sum).toBeCloseTo(Number(row!.prediction_value), 9);
    expect(row).toMatchObject({ predicted_price: row!.prediction_value, approximation_error: 0 });
  });

  it.each([
    ['the positive class', -5, 1n],
    ['the negative class', 5, 0n],
  ])('explains %s by its own logit', (_, warmth, predicted) => {
    const input = relationOf({ warmth: 'FLOAT', place: 'STRING' }, [[warmth, 'town']]);
    const [row] = call('EXPLAIN_PREDICT', binary, { input, settings: { top_k_features: 1 } });
    expect(row!.predicted_ice).toBe(predicted);
    expect(1 / (1 + Math.exp(-Number(row!.prediction_value)))).toBeCloseTo(Number(row!.probability), 12);
    expect(row!.top_feature_attributions).toEqual([{ feature: 'warmth', attribution: expect.any(Number) }]);
  });

  it('explains the whole model, and its classes', () => {
    const [first] = call('GLOBAL_EXPLAIN', binary);
    expect(first).toEqual({ feature: 'warmth', attribution: expect.any(Number) });
    const rows = call('GLOBAL_EXPLAIN', multiclass, { settings: { class_level_explain: true } });
    expect(rows.map(({ place }) => place)).toEqual(['hill', 'hill', 'town', 'town']);
  });
});

it('says what the model knows of weights and features', () => {
  expect(shapeOf(mlFunctions.WEIGHTS!.call(linear, undefined, {}))).toEqual([
    'processed_input STRING',
    'weight FLOAT',
    'category_weights RECORD category STRING weight FLOAT',
  ]);
  expect(call('WEIGHTS', linear)[0]).toEqual({
    processed_input: 'size',
    weight: expect.closeTo(2, 9),
    category_weights: [],
  });
  expect(call('FEATURE_INFO', linear)).toEqual([
    {
      input: 'size',
      min: 1,
      max: 4,
      mean: 2.5,
      median: 2.5,
      stddev: expect.closeTo(Math.sqrt(5 / 3), 12),
      category_count: null,
      null_count: 0n,
      dimension: null,
    },
    expect.objectContaining({ input: 'kind', min: null, category_count: 2n }),
  ]);
});

const town = relationOf({ warmth: 'FLOAT', place: 'STRING' }, [[1, 'town']]);
const refusals: [string, () => [string, TrainedModel, Relation | undefined, Record<string, OptionValue>], string][] = [
  [
    'a missing feature',
    () => ['PREDICT', binary, relationOf({ warmth: 'FLOAT' }, []), {}],
    'Invalid table-valued function ML.PREDICT\nColumn place is not found in the input data to the PREDICT function.',
  ],
  [
    'a feature of another type',
    () => ['PREDICT', binary, relationOf({ warmth: 'STRING', place: 'STRING' }, []), {}],
    'Column warmth has type STRING, but the model expects FLOAT.',
  ],
  [
    'a missing label',
    () => ['EVALUATE', binary, town, {}],
    'Column ice is not found in the input data to the EVALUATE function.',
  ],
  [
    'an unknown label',
    () => ['EVALUATE', binary, relationOf({ warmth: 'FLOAT', place: 'STRING', ice: 'INTEGER' }, [[1, 'town', 7]]), {}],
    'does not model labels that a model was not trained with',
  ],
  ['missing data', () => ['PREDICT', binary, undefined, {}], 'A table or a query is required'],
  ['needless data', () => ['WEIGHTS', binary, town, {}], 'ML.WEIGHTS takes no table and no query'],
  ['an unknown setting', () => ['PREDICT', binary, town, { keep: true }], 'Unexpected or not modelled setting: keep'],
  [
    'a wrong setting',
    () => ['PREDICT', binary, town, { threshold: 2 }],
    'Setting threshold must be a FLOAT64 between 0 and 1',
  ],
  [
    'a threshold of a regression',
    () => ['EVALUATE', linear, undefined, { threshold: 0.4 }],
    'only for binary classification',
  ],
  [
    'a confusion matrix of a regression',
    () => ['CONFUSION_MATRIX', linear, undefined, {}],
    'ML.CONFUSION_MATRIX is not supported for models of type LINEAR_REGRESSION',
  ],
  [
    'an explanation that was not asked for',
    () => ['GLOBAL_EXPLAIN', linear, undefined, {}],
    'enable_global_explain = TRUE',
  ],
];

it.each(refusals)('refuses %s', (_, given, message) => {
  const [name, model, input, settings] = given();
  expect(() => mlFunctions[name]!.call(model, input, settings)).toThrow(message);
});

it('has the functions of the two model types, and no others', () => {
  expect(Object.keys(mlFunctions).sort()).toEqual([
    'CONFUSION_MATRIX',
    'EVALUATE',
    'EXPLAIN_PREDICT',
    'FEATURE_INFO',
    'GLOBAL_EXPLAIN',
    'PREDICT',
    'ROC_CURVE',
    'TRAINING_INFO',
    'WEIGHTS',
  ]);
});
