import type { Field, OptionValue } from '../model';
import { treatmentOf } from './inputs';
import { readOptions, type TrainingOptions } from './options';
import { refuse } from './refuse';
import { columnOf } from './relations';

/** Which column of the training data is what. */
export interface TrainingColumns {
  label: Field;
  /** In the order of the query. */
  features: Field[];
}

const numericTypes = ['INTEGER', 'FLOAT', 'NUMERIC', 'BIGNUMERIC'];

function labelOf(fields: readonly Field[], options: TrainingOptions): Field {
  const [name] = options.inputLabelCols;
  const label = fields[columnOf(fields, name!)];
  if (!label) throw refuse(`Label column ${name} is not found in the training data`);
  if (options.modelType === 'LINEAR_REG' && !numericTypes.includes(label.type)) {
    throw refuse(`Label column ${label.name} of type ${label.type} must be numeric for models of type LINEAR_REG`);
  }
  if (label.mode === 'REPEATED' || ['RECORD', 'JSON'].includes(label.type)) {
    throw refuse(`Label column ${label.name} has a type that labels cannot have`);
  }
  return label;
}

/** @throws BigQueryError for columns that are missing or of types that are refused */
export function trainingColumns(fields: readonly Field[], options: TrainingOptions): TrainingColumns {
  const label = labelOf(fields, options);
  const split = options.dataSplitCol === undefined ? undefined : fields[columnOf(fields, options.dataSplitCol)];
  if (options.dataSplitCol !== undefined && (!split || split === label)) {
    throw refuse(`Column ${options.dataSplitCol} of data_split_col is not found among the features`);
  }
  const features = fields.filter(field => field !== label && field !== split);
  if (features.length === 0) throw refuse('The training data has no feature columns');
  features.forEach(treatmentOf);
  return { label, features };
}

/** Refuses what can be refused without data, as a dry run does. @throws BigQueryError */
export function checkTraining(fields: readonly Field[], options: Record<string, OptionValue>): void {
  trainingColumns(fields, readOptions(options));
}
