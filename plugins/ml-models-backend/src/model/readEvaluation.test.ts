import { qualityOf, readEvaluation } from './readEvaluation';

it('leaves out what the training could not calculate', () => {
  const upstream = { regressionMetrics: { meanAbsoluteError: 1.5, rSquared: 'NaN' } };
  const evaluation = readEvaluation(JSON.parse(JSON.stringify(upstream)));
  expect(evaluation).toEqual({ kind: 'regression', metrics: [{ metric: 'mean_absolute_error', value: 1.5 }] });
  expect(qualityOf(evaluation)).toBeUndefined();
});
