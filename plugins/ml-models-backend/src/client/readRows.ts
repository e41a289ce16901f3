import type bigquery from '@google-cloud/bigquery/build/src/types';

/** A value of a result: whole numbers beyond 2^53, and everything that JSON has no type for, as text. */
export type ResultValue = string | number | boolean | null | ResultValue[] | { [field: string]: ResultValue };

interface Cell {
  v?: unknown;
}

/**
 * Rows of a result by column name.
 *
 * Source: {@link https://cloud.google.com/bigquery/docs/reference/rest/v2/jobs/query#response-body} (`rows`)
 */
export function readRows(
  schema: bigquery.ITableSchema | undefined,
  rows: ReadonlyArray<bigquery.ITableRow> | undefined,
): Array<Record<string, ResultValue>> {
  return (rows ?? []).map(row => readRecord(schema?.fields ?? [], row.f as Cell[] | undefined));
}

function readRecord(
  fields: bigquery.ITableFieldSchema[],
  cells: readonly Cell[] | undefined,
): Record<string, ResultValue> {
  return Object.fromEntries(fields.map((field, index) => [field.name ?? '', readField(field, cells?.[index]?.v)]));
}

function readField(field: bigquery.ITableFieldSchema, value: unknown): ResultValue {
  if (field.mode !== 'REPEATED') return readScalar(field, value);
  return ((value ?? []) as Cell[]).map(item => readScalar(field, item.v));
}

function readScalar(field: bigquery.ITableFieldSchema, value: unknown): ResultValue {
  if (value === null || value === undefined) return null;
  if (field.type === 'RECORD' || field.type === 'STRUCT') {
    return readRecord(field.fields ?? [], (value as { f?: Cell[] }).f);
  }
  const text = String(value);
  switch (field.type) {
    case 'INTEGER':
    case 'INT64':
      return Number.isSafeInteger(Number(text)) ? Number(text) : text;
    case 'FLOAT':
    case 'FLOAT64':
      return Number.isFinite(Number(text)) ? Number(text) : text;
    case 'BOOLEAN':
    case 'BOOL':
      return text === 'true';
    default:
      return text;
  }
}
