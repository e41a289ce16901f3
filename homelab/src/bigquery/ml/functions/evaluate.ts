import { classificationMetrics } from '../metrics/classificationMetrics';
import { regressionMetrics } from '../metrics/regressionMetrics';
import { field } from '../relations';
import { judge } from '../scoreRows';
import { defineMlFunction, numberSetting } from './MlFunction';

/** https://cloud.google.com/bigquery/docs/reference/standard-sql/bigqueryml-syntax-evaluate */
export const evaluate = defineMlFunction({
  name: 'EVALUATE',
  needsInput: 'optional',
  settings: ['threshold'],
  run(model, input, settings) {
    const judged = judge(model, input, 'EVALUATE');
    const metrics =
      model.classes.length === 0
        ? regressionMetrics(
            judged.expected,
            judged.predicted.map(([value]) => value!),
          )
        : classificationMetrics(judged, model.classes.length, numberSetting(settings, 'threshold'));
    return {
      fields: Object.keys(metrics).map(name => field(name, 'FLOAT')),
      rows: [Object.values(metrics)],
    };
  },
});
