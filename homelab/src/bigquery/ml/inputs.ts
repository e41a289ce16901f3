import type { Field, FieldType, Relation, Value } from '../model';
import { refuse } from './refuse';
import { timestampComponent, timestampPrefixes } from './timestampComponents';

interface NumericInput {
  kind: 'numeric';
  /** `processed_input` of ML.WEIGHTS. */
  name: string;
  column: string;
  /** Stands in for NULL. */
  mean: number;
  /** What is taken off before dividing by {@link scale}: the mean, or 0 in a model without intercept. */
  center: number;
  scale: number;
}

interface CategoricalInput {
  kind: 'categorical';
  name: string;
  column: string;
  /** Part of a TIMESTAMP. */
  prefix?: string;
  /** Ascending; `null` is the category of NULL, there only if the training data has one. */
  categories: (string | null)[];
  /** Index of the category without a column of its own (dummy encoding). */
  dropped?: number;
}

/** How a column of the data becomes columns of numbers. */
export type Input = NumericInput | CategoricalInput;

/** What is done with the types of columns. https://cloud.google.com/bigquery/docs/auto-preprocessing */
const treatments: Partial<Record<FieldType, 'numeric' | 'categorical' | 'timestamp'>> = {
  INTEGER: 'numeric',
  FLOAT: 'numeric',
  NUMERIC: 'numeric',
  BIGNUMERIC: 'numeric',
  STRING: 'categorical',
  BOOLEAN: 'categorical',
  BYTES: 'categorical',
  DATE: 'categorical',
  DATETIME: 'categorical',
  TIME: 'categorical',
  TIMESTAMP: 'timestamp',
};

/** @throws BigQueryError for a type that cannot be a feature here */
export function treatmentOf(field: Field): 'numeric' | 'categorical' | 'timestamp' {
  const treatment = field.mode === 'REPEATED' ? undefined : treatments[field.type];
  if (treatment) return treatment;
  const type = field.mode === 'REPEATED' ? `ARRAY of ${field.type}` : field.type;
  throw refuse(`The homelab does not model features of type ${type}; column ${field.name} is one`);
}

/** The number of a value of a numeric column, or the seconds of a TIMESTAMP since 1970. */
export function numberOf(value: Value, type: FieldType): number | null {
  if (value === null) return null;
  return type === 'TIMESTAMP' ? Number(value) / 1_000_000 : Number(value);
}

function categoryOf(input: CategoricalInput, value: Value): string | null {
  if (value === null) return null;
  return input.prefix ? timestampComponent(String(value), input.prefix) : String(value);
}

/** Mean and sample standard deviation of what is not NULL; 0 where there is nothing. */
export function spread(values: readonly number[]): { mean: number; deviation: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / (values.length || 1);
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : 0 };
}

function fitNumeric(field: Field, values: Value[], isCentered: boolean): NumericInput {
  const numbers = values.map(value => numberOf(value, field.type)).filter(value => value !== null);
  if (!numbers.every(Number.isFinite)) throw refuse(`Feature column ${field.name} has values that are not finite`);
  const { mean, deviation } = spread(numbers);
  const { name } = field;
  return { kind: 'numeric', name, column: name, mean, center: isCentered ? mean : 0, scale: deviation || 1 };
}

function fitCategorical(input: CategoricalInput, values: Value[], isDummy: boolean): CategoricalInput {
  const counts = new Map<string | null, number>();
  for (const value of values) {
    const category = categoryOf(input, value);
    counts.set(category, (counts.get(category) ?? 0) + 1);
  }
  const known = [...counts.keys()].filter(category => category !== null).sort();
  const categories = counts.has(null) ? [...known, null] : known;
  if (!isDummy) return { ...input, categories };
  const most = Math.max(...counts.values());
  return { ...input, categories, dropped: categories.findIndex(category => counts.get(category) === most) };
}

/** Learns from data how its columns become numbers. @throws BigQueryError */
export function fitInputs(
  { fields, rows }: Relation,
  features: readonly Field[],
  options: { isCentered: boolean; isDummy: boolean },
): Input[] {
  return features.flatMap(field => {
    const values = rows.map(row => row[fields.indexOf(field)]!);
    const categorical = (prefix?: string): Input => {
      const name = `${prefix ?? ''}${field.name}`;
      const start: CategoricalInput = { kind: 'categorical', name, column: field.name, prefix, categories: [] };
      return fitCategorical(start, values, options.isDummy);
    };
    switch (treatmentOf(field)) {
      case 'numeric':
        return [fitNumeric(field, values, options.isCentered)];
      case 'timestamp':
        return [fitNumeric(field, values, options.isCentered), ...timestampPrefixes.map(categorical)];
      default:
        return [categorical()];
    }
  });
}

/** How many columns of numbers an input makes. */
export function widthOf(input: Input): number {
  return input.kind === 'numeric' ? 1 : input.categories.length;
}

function encode(inputs: readonly Input[], features: readonly Field[], values: readonly Value[]): Float64Array {
  const encoded = new Float64Array(inputs.reduce((width, input) => width + widthOf(input), 0));
  let offset = 0;
  for (const input of inputs) {
    const feature = features.findIndex(({ name }) => name === input.column);
    const value = values[feature] ?? null;
    if (input.kind === 'numeric') {
      encoded[offset] = ((numberOf(value, features[feature]!.type) ?? input.mean) - input.center) / input.scale;
    } else {
      const index = input.categories.indexOf(categoryOf(input, value));
      if (index >= 0 && index !== input.dropped) encoded[offset + index] = 1;
    }
    offset += widthOf(input);
  }
  return encoded;
}

/** @param rows - values of the features, in their order */
export function encodeRows(
  inputs: readonly Input[],
  features: readonly Field[],
  rows: readonly Value[][],
): Float64Array[] {
  return rows.map(row => encode(inputs, features, row));
}
