import type bigquery from '@google-cloud/bigquery/build/src/types';

/** A query with its parameters; everything that is data is a parameter. */
export interface Query {
  sql: string;
  parameters?: bigquery.IQueryParameter[];
}

/** Rows as a parameter of the type ARRAY<STRUCT<…>>. A null is a value of its column's type. */
export function rowsParameter(
  name: string,
  columns: ReadonlyArray<{ name: string; type: string }>,
  rows: ReadonlyArray<ReadonlyArray<string | null>>,
): bigquery.IQueryParameter {
  return {
    name,
    parameterType: {
      type: 'ARRAY',
      arrayType: {
        type: 'STRUCT',
        structTypes: columns.map(column => ({ name: column.name, type: { type: column.type } })),
      },
    },
    parameterValue: {
      arrayValues: rows.map(row => ({
        structValues: Object.fromEntries(
          columns.map((column, index) => [column.name, { value: row[index] ?? undefined }]),
        ),
      })),
    },
  };
}

/** A number as a query parameter. */
export function integerParameter(name: string, value: number): bigquery.IQueryParameter {
  return { name, parameterType: { type: 'INT64' }, parameterValue: { value: String(value) } };
}
