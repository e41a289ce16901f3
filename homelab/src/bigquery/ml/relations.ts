import type { Field, FieldType, Relation, Value } from '../model';

/** Where a column is; names of columns are case-insensitive. @returns -1 if it is not there */
export function columnOf(fields: readonly Field[], name: string): number {
  return fields.findIndex(candidate => candidate.name.toLowerCase() === name.toLowerCase());
}

/** A field by name, type and, for a REPEATED RECORD, what is in it. */
export function field(name: string, type: FieldType, fields?: Field[]): Field {
  return fields ? { name, type, mode: 'REPEATED', fields } : { name, type, mode: 'NULLABLE' };
}

/** A relation of columns `name: type`, all NULLABLE. */
export function table(columns: Record<string, FieldType>, rows: Value[][]): Relation {
  return { fields: Object.entries(columns).map(([name, type]) => field(name, type)), rows };
}

/** NaN and infinite values have no meaning in a metric: NULL. */
export function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
