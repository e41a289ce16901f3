import type { Field, FieldType, Relation } from '../model';
import { encodeRows } from './inputs';
import { labelValue } from './labels';
import { refuse } from './refuse';
import { columnOf, finite } from './relations';
import { lossFor } from './solvers/losses';
import { outputsOf } from './solvers/problem';
import type { Judgement, TrainedModel } from './TrainedModel';

/** What a model gives for one row. */
export interface Score {
  /** Encoded and standardised. */
  row: Float64Array;
  /** Before probabilities are made of them. */
  outputs: number[];
  /** See {@link Judgement.predicted}. */
  predicted: number[];
}

/** Implicit coercion: type of the feature → other types that the input may have. */
const coercions: Partial<Record<FieldType, FieldType[]>> = {
  NUMERIC: ['INTEGER'],
  BIGNUMERIC: ['INTEGER', 'NUMERIC'],
  FLOAT: ['INTEGER', 'NUMERIC', 'BIGNUMERIC'],
};

function checkColumn(feature: Field, given: Field | undefined, functionName: string): void {
  const start = `Invalid table-valued function ML.${functionName}`;
  if (!given) {
    throw refuse(`${start}\nColumn ${feature.name} is not found in the input data to the ${functionName} function.`);
  }
  const accepted = [feature.type, ...(coercions[feature.type] ?? [])];
  if (given.mode === 'REPEATED' || !accepted.includes(given.type)) {
    throw refuse(`${start}\nColumn ${feature.name} has type ${given.type}, but the model expects ${feature.type}.`);
  }
}

/** Applies a model. @param functionName - for errors, for example PREDICT. @throws BigQueryError */
export function scoreRows(model: TrainedModel, { fields, rows }: Relation, functionName: string): Score[] {
  const columns = model.features.map(feature => {
    const column = columnOf(fields, feature.name);
    checkColumn(feature, fields[column], functionName);
    return column;
  });
  const loss = lossFor(model.classes.length);
  const values = rows.map(row => columns.map(column => row[column]!));
  return encodeRows(model.inputs, model.features, values).map(row => {
    const outputs = outputsOf(model, row);
    return { row, outputs, predicted: loss.predict(outputs) };
  });
}

/**
 * What a model is to be judged by: rows with labels, or those kept from its training. Rows without a label are left out.
 * @throws BigQueryError for missing columns and for labels that the model has never seen
 */
export function judge(model: TrainedModel, input: Relation | undefined, functionName: string): Judgement {
  if (!input) return model.judgement;
  const column = columnOf(input.fields, model.label.name);
  checkLabelColumn(model, input.fields[column], functionName);
  const rows = input.rows.filter(row => row[column] !== null);
  const expected = rows.map(row => {
    if (model.classes.length === 0) return Number(row[column]);
    const index = model.classes.indexOf(String(row[column]));
    if (index < 0)
      throw refuse(`The homelab does not model labels that a model was not trained with in ML.${functionName}`);
    return index;
  });
  return { expected, predicted: scoreRows(model, { ...input, rows }, functionName).map(score => score.predicted) };
}

function checkLabelColumn({ label, classes }: TrainedModel, given: Field | undefined, functionName: string): void {
  // A regression is judged by numbers of any type.
  const type = classes.length === 0 ? 'FLOAT' : label.type;
  checkColumn({ ...label, type }, given, functionName);
}

/** The value of `predicted_<label>` for a regression: NULL where there is no number. */
export function regressionValue({ predicted }: Score): number | null {
  return finite(predicted[0]!);
}

/** `predicted_<label>`, with the type of the label or FLOAT. */
export function predictedField({ label, classes }: TrainedModel): Field {
  const type = classes.length === 0 ? 'FLOAT' : label.type;
  return { name: `predicted_${label.name}`, type, mode: 'NULLABLE' };
}

/** The label of a class. */
export function classValue(model: TrainedModel, index: number) {
  return labelValue(model.label, model.classes[index]!);
}
