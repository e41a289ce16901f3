import type { Relation, Value } from '../../model';
import { widthOf } from '../inputs';
import { field } from '../relations';
import type { TrainedModel } from '../TrainedModel';
import { defineMlFunction } from './MlFunction';

/** How BigQuery names the category of NULL. */
const nullCategory = '_null_filler';

/** Rows of one vector of weights: of standardised inputs, or of the inputs as they come. */
function rowsOf(model: TrainedModel, output: number, isStandardized: boolean): Value[][] {
  const weights = model.weights[output]!;
  let intercept = model.intercepts[output]!;
  let offset = 0;
  const rows = model.inputs.map((input): Value[] => {
    const own = weights.slice(offset, offset + widthOf(input));
    offset += own.length;
    if (input.kind === 'categorical') {
      const categories = input.categories.map((category, index) => ({
        category: category ?? nullCategory,
        weight: own[index]!,
      }));
      return [input.name, null, categories];
    }
    if (isStandardized) return [input.name, own[0]!, []];
    const weight = own[0]! / input.scale;
    intercept -= weight * input.center;
    return [input.name, weight, []];
  });
  return [...rows, ['__INTERCEPT__', intercept, []]];
}

/** https://cloud.google.com/bigquery/docs/reference/standard-sql/bigqueryml-syntax-weights */
export const weights = defineMlFunction({
  name: 'WEIGHTS',
  needsInput: 'none',
  settings: ['standardize'],
  run(model, _, { standardize }): Relation {
    const categoryFields = [field('category', 'STRING'), field('weight', 'FLOAT')];
    const fields = [
      field('processed_input', 'STRING'),
      field('weight', 'FLOAT'),
      field('category_weights', 'RECORD', categoryFields),
    ];
    const isMulticlass = model.classes.length > 2;
    const rows = model.weights.flatMap((_vector, output) =>
      rowsOf(model, output, standardize === true).map(row => (isMulticlass ? [...row, model.classes[output]!] : row)),
    );
    return { fields: isMulticlass ? [...fields, field('class_label', 'STRING')] : fields, rows };
  },
});
