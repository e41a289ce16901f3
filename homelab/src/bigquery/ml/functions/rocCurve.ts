import { defaultThresholds, rocCurve as countAtThresholds } from '../metrics/rocCurve';
import { finite, table } from '../relations';
import { refuse } from '../refuse';
import { judge } from '../scoreRows';
import { defineMlFunction } from './MlFunction';

/** https://cloud.google.com/bigquery/docs/reference/standard-sql/bigqueryml-syntax-roc */
export const rocCurve = defineMlFunction({
  name: 'ROC_CURVE',
  needsInput: 'optional',
  settings: ['thresholds'],
  modelType: 'LOGISTIC_REGRESSION',
  run(model, input, { thresholds }) {
    if (model.classes.length !== 2) {
      throw refuse('Invalid table-valued function ML.ROC_CURVE\nML.ROC_CURVE is only for binary classification models');
    }
    const judged = judge(model, input, 'ROC_CURVE');
    const scores = judged.predicted.map(([score]) => score!);
    const chosen = Array.isArray(thresholds) ? thresholds.map(Number) : defaultThresholds(scores);
    const points = countAtThresholds(
      scores,
      judged.expected.map(value => value === 1),
      chosen,
    );
    return table(
      {
        threshold: 'FLOAT',
        recall: 'FLOAT',
        false_positive_rate: 'FLOAT',
        true_positives: 'INTEGER',
        false_positives: 'INTEGER',
        true_negatives: 'INTEGER',
        false_negatives: 'INTEGER',
      },
      points.map(({ threshold, truePositives, falsePositives, trueNegatives, falseNegatives }) => [
        threshold,
        finite(truePositives / (truePositives + falseNegatives)),
        finite(falsePositives / (falsePositives + trueNegatives)),
        ...[truePositives, falsePositives, trueNegatives, falseNegatives].map(BigInt),
      ]),
    );
  },
});
