import { field, table } from '../relations';
import { refuse } from '../refuse';
import { defineMlFunction } from './MlFunction';

/** https://cloud.google.com/bigquery/docs/reference/standard-sql/bigqueryml-syntax-global-explain */
export const globalExplain = defineMlFunction({
  name: 'GLOBAL_EXPLAIN',
  needsInput: 'none',
  settings: ['class_level_explain'],
  run({ explanation, classes, label }, _, settings) {
    if (!explanation) {
      throw refuse(
        'Invalid table-valued function ML.GLOBAL_EXPLAIN\nThe model has to be trained with enable_global_explain = TRUE',
      );
    }
    if (settings.class_level_explain === true && classes.length > 0) {
      const rows = explanation.classes.flatMap((attributions, index) =>
        attributions.map(({ feature, attribution }) => [classes[index]!, feature, attribution]),
      );
      return { fields: [field(label.name, 'STRING'), field('feature', 'STRING'), field('attribution', 'FLOAT')], rows };
    }
    return table(
      { feature: 'STRING', attribution: 'FLOAT' },
      explanation.model.map(({ feature, attribution }) => [feature, attribution]),
    );
  },
});
