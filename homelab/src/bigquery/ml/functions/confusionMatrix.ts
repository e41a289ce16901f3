import { confusionMatrix as countConfusion } from '../metrics/classificationMetrics';
import { field } from '../relations';
import { classValue, judge } from '../scoreRows';
import { defineMlFunction, numberSetting } from './MlFunction';

/** Names of columns made of labels: letters, digits and underscores, not beginning with a digit, all different. */
function columnNames(classes: readonly string[]): string[] {
  const taken = new Set(['expected_label']);
  return classes.map(label => {
    const start = label.replace(/\W/g, '_').replace(/^(?=\d|$)/, '_');
    let name = start;
    for (let count = 1; taken.has(name.toLowerCase()); count += 1) name = `${start}_${count}`;
    taken.add(name.toLowerCase());
    return name;
  });
}

/** https://cloud.google.com/bigquery/docs/reference/standard-sql/bigqueryml-syntax-confusion */
export const confusionMatrix = defineMlFunction({
  name: 'CONFUSION_MATRIX',
  needsInput: 'optional',
  settings: ['threshold'],
  modelType: 'LOGISTIC_REGRESSION',
  run(model, input, settings) {
    const judged = judge(model, input, 'CONFUSION_MATRIX');
    const counts = countConfusion(judged, model.classes.length, numberSetting(settings, 'threshold'));
    return {
      fields: [
        field('expected_label', model.label.type),
        ...columnNames(model.classes).map(name => field(name, 'INTEGER')),
      ],
      rows: counts.map((row, index) => [classValue(model, index), ...row.map(BigInt)]),
    };
  },
});
