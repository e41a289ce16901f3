import { attributionsOf, byImportance } from '../explain';
import { predictedClass, probabilitiesOf } from '../metrics/classificationMetrics';
import type { Relation, Value } from '../../model';
import { field } from '../relations';
import { classValue, predictedField, regressionValue, scoreRows, type Score } from '../scoreRows';
import type { TrainedModel } from '../TrainedModel';
import { defineMlFunction, numberSetting, type Settings } from './MlFunction';

const defaultTopCount = 5;

/**
 * Explains the output of the predicted class; of the lower of two classes that is the other's with the sign turned.
 * The baseline is the intercept among standardised values, so that baseline and attributions add up to the prediction.
 */
function explain(model: TrainedModel, score: Score, settings: Settings): Value[] {
  const isRegression = model.classes.length === 0;
  const predicted = isRegression ? 0 : predictedClass(score.predicted, numberSetting(settings, 'threshold'));
  const output = score.outputs.length === 1 ? 0 : predicted;
  const sign = model.classes.length === 2 && predicted === 0 ? -1 : 1;
  const attributions = attributionsOf(model, score.row, output).map(({ feature, attribution }) => ({
    feature,
    attribution: sign * attribution,
  }));
  const top = byImportance(attributions).slice(0, numberSetting(settings, 'top_k_features') ?? defaultTopCount);
  return [
    ...(isRegression
      ? [regressionValue(score)]
      : [classValue(model, predicted), probabilitiesOf(score.predicted)[predicted]!]),
    top.map(entry => ({ ...entry })),
    sign * model.intercepts[output]!,
    sign * score.outputs[output]!,
    0,
  ];
}

/** https://cloud.google.com/bigquery/docs/reference/standard-sql/bigqueryml-syntax-explain-predict */
export const explainPredict = defineMlFunction({
  name: 'EXPLAIN_PREDICT',
  needsInput: 'required',
  settings: ['top_k_features', 'threshold'],
  run(model, input, settings): Relation {
    const { fields, rows } = input!;
    const scores = scoreRows(model, input!, 'EXPLAIN_PREDICT');
    const entries = [field('feature', 'STRING'), field('attribution', 'FLOAT')];
    return {
      fields: [
        predictedField(model),
        ...(model.classes.length > 0 ? [field('probability', 'FLOAT')] : []),
        field('top_feature_attributions', 'RECORD', entries),
        field('baseline_prediction_value', 'FLOAT'),
        field('prediction_value', 'FLOAT'),
        field('approximation_error', 'FLOAT'),
        ...fields,
      ],
      rows: rows.map((row, index) => [...explain(model, scores[index]!, settings), ...row]),
    };
  },
});
