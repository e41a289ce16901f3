import type { Field, FieldType, IterationResult, OptionValue, Relation, Value } from '../../model';
import { mlFunctions, trainModel, type TrainedModel } from '..';

/** NULLABLE columns. */
export function fieldsOf(columns: Record<string, FieldType>): Field[] {
  return Object.entries(columns).map(([name, type]) => ({ name, type, mode: 'NULLABLE' }));
}

/** Makes a relation of plain values: integers of INTEGER columns become bigint. */
export function relationOf(columns: Record<string, FieldType>, rows: (string | number | boolean | null)[][]): Relation {
  const fields = fieldsOf(columns);
  const toValue = (value: Value, index: number) =>
    fields[index]!.type === 'INTEGER' && value !== null ? BigInt(Number(value)) : value;
  return { fields, rows: rows.map(row => row.map(toValue)) };
}

/** Trains and hands the model over through JSON, as a store does. A clock goes 5 ms with each look. */
export async function train(
  relation: Relation,
  options: Record<string, OptionValue>,
): Promise<{ model: TrainedModel; reported: IterationResult[] }> {
  const reported: IterationResult[] = [];
  let time = Date.UTC(2026, 0, 1);
  const model = await trainModel(
    { relation, options },
    {
      signal: new AbortController().signal,
      onIteration: async result => void reported.push(result),
      now: () => new Date((time += 5)),
    },
  );
  return { model: JSON.parse(JSON.stringify(model)), reported };
}

/** Calls an ML function and gives its rows as objects. */
export function call(
  name: string,
  model: TrainedModel,
  { input, settings = {} }: { input?: Relation; settings?: Record<string, OptionValue> } = {},
): Record<string, Value>[] {
  const { fields, rows } = mlFunctions[name]!.call(model, input, settings);
  return rows.map(row => Object.fromEntries(fields.map((field, index) => [field.name, row[index]!])));
}
