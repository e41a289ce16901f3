import { createHash } from 'node:crypto';
import type { Relation, Value } from '../model';
import type { TrainingOptions } from './options';
import { columnOf } from './relations';
import { refuse } from './refuse';

/** Indexes of rows. */
export interface DataSplit {
  training: number[];
  evaluation: number[];
}

function partition(rowCount: number, isEvaluation: (index: number) => boolean): DataSplit {
  const split: DataSplit = { training: [], evaluation: [] };
  for (let index = 0; index < rowCount; index += 1) {
    (isEvaluation(index) ? split.evaluation : split.training).push(index);
  }
  return split;
}

/** A number in [0, 1) that depends on names, types and values only, as BigQuery's fingerprint does. */
function fingerprint(fields: string, row: Value[]): number {
  const content = JSON.stringify(row, (_, value) => (typeof value === 'bigint' ? `${value}n` : value));
  return createHash('sha256').update(fields).update(content).digest().readUInt32BE() / 2 ** 32;
}

function random({ fields, rows }: Relation, fraction: number): DataSplit {
  const schema = fields.map(({ name, type }) => `${name}:${type}`).join();
  return partition(rows.length, index => fingerprint(schema, rows[index]!) < fraction);
}

function auto(relation: Relation): DataSplit {
  const rowCount = relation.rows.length;
  if (rowCount < 500) return random(relation, 0);
  return random(relation, rowCount <= 50_000 ? 0.2 : 10_000 / rowCount);
}

function custom(relation: Relation, column: string): DataSplit {
  const index = columnOf(relation.fields, column);
  if (relation.fields[index]?.type !== 'BOOLEAN') {
    throw refuse(`Column ${column} of data_split_method CUSTOM must be of type BOOL`);
  }
  return partition(relation.rows.length, row => relation.rows[row]![index] !== false);
}

function compare(left: Value, right: Value): number {
  if (typeof left === 'string' && typeof right === 'string') return left < right ? -1 : Number(left > right);
  return Number(left) - Number(right);
}

const sequenceTypes: Record<string, (value: Value) => Value> = {
  INTEGER: value => value,
  FLOAT: value => value,
  NUMERIC: Number,
  BIGNUMERIC: Number,
  STRING: value => value,
  TIMESTAMP: value => BigInt(String(value)),
};

function sequential(relation: Relation, column: string, fraction: number): DataSplit {
  const index = columnOf(relation.fields, column);
  const key = sequenceTypes[relation.fields[index]?.type ?? ''];
  if (!key) throw refuse(`Column ${column} cannot be used with data_split_method SEQ`);
  const values = relation.rows.map(row => (row[index] === null ? null : key(row[index]!)));
  const ordered = values.filter(value => value !== null).sort(compare);
  const threshold = ordered[Math.floor((1 - fraction) * ordered.length)];
  const isLate = (value: Value) => threshold !== undefined && compare(value, threshold) >= 0;
  return partition(values.length, row => values[row] === null || isLate(values[row]!));
}

/**
 * Takes evaluation data off, as `data_split_method` says.
 * @param relation - rows with labels
 * @throws BigQueryError
 */
export function splitData(relation: Relation, options: TrainingOptions): DataSplit {
  const fraction = options.dataSplitEvalFraction;
  switch (options.dataSplitMethod) {
    case 'NO_SPLIT':
      return random(relation, 0);
    case 'RANDOM':
      return fraction === undefined ? auto(relation) : random(relation, fraction);
    case 'CUSTOM':
      return custom(relation, options.dataSplitCol!);
    case 'SEQ':
      return sequential(relation, options.dataSplitCol!, fraction ?? 0.2);
    default:
      return auto(relation);
  }
}
