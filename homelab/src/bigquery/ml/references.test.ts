// Holds the arithmetic to values that others computed. Where they come from: __fixtures__/nist.ts has certified values of
// NIST; references.json is written by make_references.py with scikit-learn 1.9 and statsmodels 0.15.
import type { FieldType, Value } from '../model';
import { longleyCertified, norris } from './__fixtures__/nist';
import references from './__fixtures__/references.json';
import { call, relationOf, train } from './__testUtils__/train';

type Columns = Record<string, FieldType>;
const precise = { early_stop: false, max_iterations: 20_000, data_split_method: 'NO_SPLIT' };

/** Relative difference allowed of certified values: they are given to 15 digits, the problem is ill-conditioned. */
const certifiedTolerance = 1e-9;
/** Of values that were found by iteration here. */
const iteratedTolerance = 1e-5;

function expectClose(actual: unknown, expected: number, tolerance: number): void {
  expect(Math.abs(Number(actual) - expected) / Math.max(Math.abs(expected), 1)).toBeLessThan(tolerance);
}

function expectAllClose(actual: Record<string, unknown>, expected: Record<string, number>, tolerance: number): void {
  expect(Object.keys(actual)).toEqual(expect.arrayContaining(Object.keys(expected)));
  for (const [name, value] of Object.entries(expected)) expectClose(actual[name], value, tolerance);
}

const byInput = (rows: Record<string, Value>[]) =>
  Object.fromEntries(rows.map(row => [String(row.processed_input), row.weight]));

const longley = relationOf(references.longley.columns as Columns, references.longley.rows);
const longleyOptions = { model_type: 'LINEAR_REG', input_label_cols: ['TOTEMP'] };

it('gives the certified coefficients of Norris', async () => {
  const { model } = await train(relationOf({ label: 'FLOAT', x: 'FLOAT' }, norris.rows), { model_type: 'LINEAR_REG' });
  const { intercept, slope, r2 } = norris.certified;
  expectAllClose(byInput(call('WEIGHTS', model)), { x: slope, __INTERCEPT__: intercept }, certifiedTolerance);
  expectAllClose(call('EVALUATE', model)[0]!, { r2_score: r2 }, certifiedTolerance);
});

it('gives the certified coefficients of Longley, whose columns are nearly collinear', async () => {
  const { model } = await train(longley, longleyOptions);
  expectAllClose(byInput(call('WEIGHTS', model)), longleyCertified.weights, certifiedTolerance);
  expectAllClose(call('EVALUATE', model)[0]!, { r2_score: longleyCertified.r2 }, certifiedTolerance);
});

it.each(['NORMAL_EQUATION', 'BATCH_GRADIENT_DESCENT'])('shrinks as ridge regression does, by %s', async strategy => {
  const { l2, weights, intercepts, evaluate } = references.longley.ridge;
  const options = { ...longleyOptions, ...precise, optimize_strategy: strategy, l2_reg: l2 };
  const { model } = await train(longley, options);
  const tolerance = strategy === 'NORMAL_EQUATION' ? certifiedTolerance : iteratedTolerance;
  weights[0]!.forEach((weight, index) => expectClose(model.weights[0]![index], weight, tolerance));
  expectClose(model.intercepts[0], intercepts[0]!, tolerance);
  expectAllClose(call('EVALUATE', model)[0]!, evaluate, tolerance);
});

it('leaves features out as the lasso does', async () => {
  const { l1, weights, intercepts, evaluate } = references.longley.lasso;
  const { model } = await train(longley, { ...longleyOptions, ...precise, l1_reg: l1 });
  weights[0]!.forEach((weight, index) => expectClose(model.weights[0]![index], weight, iteratedTolerance));
  expect(model.weights[0]!.filter(weight => weight === 0)).toHaveLength(3);
  expectClose(model.intercepts[0], intercepts[0]!, iteratedTolerance);
  expectAllClose(call('EVALUATE', model)[0]!, evaluate, iteratedTolerance);
});

it('gives the published logit of Spector and Mazzeo', async () => {
  const { columns, rows, raw, log_loss, roc_auc } = references.spector;
  const options = { model_type: 'LOGISTIC_REG', input_label_cols: ['GRADE'], ...precise };
  const { model } = await train(relationOf(columns as Columns, rows), options);
  const weights = byInput(call('WEIGHTS', model));
  const { const: intercept, ...others } = raw;
  expectAllClose(weights, { ...others, __INTERCEPT__: intercept }, iteratedTolerance);
  // W. Greene, Econometric Analysis, table 21.1: four decimals.
  expectAllClose(weights, { GPA: 2.8261, TUCE: 0.0952, PSI: 2.3787, __INTERCEPT__: -13.0213 }, 5e-5);
  expectAllClose(call('EVALUATE', model)[0]!, { log_loss, roc_auc }, iteratedTolerance);
});

it('classifies irises into three species as softmax regression does', async () => {
  const { columns, rows, weights, intercepts, probabilities, confusion, evaluate } = references.irisMulticlass;
  const options = { model_type: 'LOGISTIC_REG', input_label_cols: ['species'], l2_reg: 1, ...precise };
  const { model } = await train(relationOf(columns as Columns, rows), options);
  weights.flat().forEach((weight, index) => expectClose(model.weights.flat()[index], weight, iteratedTolerance));
  // Only differences between intercepts are determined, as they are not penalised.
  const centre = model.intercepts.reduce((sum, value) => sum + value, 0) / 3;
  intercepts.forEach((value, index) => expectClose(model.intercepts[index]! - centre, value, iteratedTolerance));
  probabilities.flat().forEach((value, index) => {
    expectClose(model.judgement.predicted.flat()[index], value, iteratedTolerance);
  });
  expectAllClose(call('EVALUATE', model)[0]!, evaluate, iteratedTolerance);
  const counts = call('CONFUSION_MATRIX', model).map(({ setosa, versicolor, virginica }) => [
    Number(setosa),
    Number(versicolor),
    Number(virginica),
  ]);
  expect(counts).toEqual(confusion);
});

it('balances classes, and encodes a category beside a number', async () => {
  const { columns, rows, categories, weights, intercepts, evaluate } = references.irisBalanced;
  const options = { model_type: 'LOGISTIC_REG', input_label_cols: ['is_virginica'], l2_reg: 2, ...precise };
  const relation = relationOf(columns as Columns, rows);
  const { model } = await train(relation, { ...options, auto_class_weights: true });
  weights[0]!.forEach((weight, index) => expectClose(model.weights[0]![index], weight, iteratedTolerance));
  expectClose(model.intercepts[0], intercepts[0]!, iteratedTolerance);
  expectAllClose(call('EVALUATE', model)[0]!, evaluate, iteratedTolerance);
  const [, width] = call('WEIGHTS', model, { settings: { standardize: true } });
  expect(width).toMatchObject({ processed_input: 'width', weight: null });
  expect((width!.category_weights as { category: string }[]).map(({ category }) => category)).toEqual(categories);
  // The same weights given by hand.
  const byHand = [
    { label: 'true', weight: 2 },
    { label: 'false', weight: 40 / 60 },
  ];
  const { model: weighted } = await train(relation, { ...options, class_weights: byHand });
  expect(weighted.weights).toEqual(model.weights);
});
