import { probabilitiesOf, predictedClass } from '../metrics/classificationMetrics';
import type { Field, Relation, Value } from '../../model';
import { field } from '../relations';
import { classValue, predictedField, regressionValue, scoreRows, type Score } from '../scoreRows';
import type { TrainedModel } from '../TrainedModel';
import { defineMlFunction, numberSetting } from './MlFunction';

/** Classes with their probabilities: of two the positive one first, else as the labels are ordered. */
function probabilities(model: TrainedModel, score: Score): Value[] {
  const entries = probabilitiesOf(score.predicted).map((prob, index) => ({ label: classValue(model, index), prob }));
  return model.classes.length === 2 ? entries.reverse() : entries;
}

function outputs(model: TrainedModel, score: Score, threshold: number | undefined): Value[] {
  if (model.classes.length === 0) return [regressionValue(score)];
  const predicted = classValue(model, predictedClass(score.predicted, threshold));
  return [predicted, probabilities(model, score)];
}

function outputFields(model: TrainedModel): Field[] {
  const predicted = predictedField(model);
  if (model.classes.length === 0) return [predicted];
  const entries = [field('label', model.label.type), field('prob', 'FLOAT')];
  return [predicted, field(`${predicted.name}_probs`, 'RECORD', entries)];
}

/** https://cloud.google.com/bigquery/docs/reference/standard-sql/bigqueryml-syntax-predict */
export const predict = defineMlFunction({
  name: 'PREDICT',
  needsInput: 'required',
  settings: ['threshold'],
  run(model, input, settings): Relation {
    const { fields, rows } = input!;
    const threshold = numberSetting(settings, 'threshold');
    const scores = scoreRows(model, input!, 'PREDICT');
    return {
      fields: [...outputFields(model), ...fields],
      rows: rows.map((row, index) => [...outputs(model, scores[index]!, threshold), ...row]),
    };
  },
});
