// Types of GoogleSQL, and what DuckDB and the API call them:
// https://cloud.google.com/bigquery/docs/reference/standard-sql/data-types
import type { Field, FieldType } from '../model';
import { quoteName } from './names';

/** `name` is that of SQL, for example INT64. A type that is not known (of NULL, of a model's columns) is undefined. */
export interface SqlType {
  name: string;
  /** Of an ARRAY. */
  element?: SqlType;
  /** Of a STRUCT; fields without name have an empty one. */
  fields?: { name: string; type: SqlType | undefined }[];
}

interface TypeRow {
  duckdb: string;
  api: FieldType;
}

const rows: Record<string, TypeRow> = {
  STRING: { duckdb: 'VARCHAR', api: 'STRING' },
  BYTES: { duckdb: 'BLOB', api: 'BYTES' },
  INT64: { duckdb: 'BIGINT', api: 'INTEGER' },
  FLOAT64: { duckdb: 'DOUBLE', api: 'FLOAT' },
  NUMERIC: { duckdb: 'DECIMAL(38,9)', api: 'NUMERIC' },
  BIGNUMERIC: { duckdb: 'DECIMAL(38,20)', api: 'BIGNUMERIC' },
  BOOL: { duckdb: 'BOOLEAN', api: 'BOOLEAN' },
  TIMESTAMP: { duckdb: 'TIMESTAMP WITH TIME ZONE', api: 'TIMESTAMP' },
  DATE: { duckdb: 'DATE', api: 'DATE' },
  TIME: { duckdb: 'TIME', api: 'TIME' },
  DATETIME: { duckdb: 'TIMESTAMP', api: 'DATETIME' },
  JSON: { duckdb: 'JSON', api: 'JSON' },
};

const synonyms: Record<string, string> = {
  INT: 'INT64',
  SMALLINT: 'INT64',
  INTEGER: 'INT64',
  BIGINT: 'INT64',
  TINYINT: 'INT64',
  BYTEINT: 'INT64',
  DECIMAL: 'NUMERIC',
  BIGDECIMAL: 'BIGNUMERIC',
  BOOLEAN: 'BOOL',
  FLOAT: 'FLOAT64',
};

/** A scalar type by its name or a synonym, in any case. */
export function scalarType(name: string): SqlType | undefined {
  const upper = name.toUpperCase();
  const known = synonyms[upper] ?? upper;
  return known in rows ? { name: known } : undefined;
}

export const int64: SqlType = { name: 'INT64' };
export const float64: SqlType = { name: 'FLOAT64' };
export const string: SqlType = { name: 'STRING' };
export const bool: SqlType = { name: 'BOOL' };

export function arrayOf(element: SqlType | undefined): SqlType {
  return { name: 'ARRAY', element };
}

/** In DuckDB's SQL. Undefined when a part is not known. */
export function duckDbType(type: SqlType | undefined): string | undefined {
  if (!type) return undefined;
  if (type.name === 'ARRAY') {
    const element = duckDbType(type.element);
    return element && `${element}[]`;
  }
  if (type.name === 'STRUCT') {
    const fields = (type.fields ?? []).map(field => {
      const inner = duckDbType(field.type);
      return inner && `${quoteName(field.name)} ${inner}`;
    });
    return fields.includes(undefined) ? undefined : `STRUCT(${fields.join(', ')})`;
  }
  return rows[type.name]?.duckdb;
}

/** As BigQuery's messages say it. */
export function typeText(type: SqlType | undefined): string {
  if (!type) return 'NULL';
  if (type.name === 'ARRAY') return `ARRAY<${typeText(type.element)}>`;
  if (type.name !== 'STRUCT') return type.name;
  const fields = (type.fields ?? []).map(field => `${field.name} ${typeText(field.type)}`.trim());
  return `STRUCT<${fields.join(', ')}>`;
}

/** Of a column as the API describes it. */
export function typeOfField(field: Field): SqlType {
  if (field.mode === 'REPEATED') return arrayOf(typeOfField({ ...field, mode: 'NULLABLE' }));
  if (field.type === 'RECORD') {
    return {
      name: 'STRUCT',
      fields: (field.fields ?? []).map(child => ({ name: child.name, type: typeOfField(child) })),
    };
  }
  const name = Object.keys(rows).find(key => rows[key].api === field.type);
  return { name: name as string };
}

/** A column of this type as the API describes it. */
export function fieldOfType(name: string, type: SqlType, mode: Field['mode'] = 'NULLABLE'): Field {
  if (type.name === 'ARRAY') return fieldOfType(name, type.element as SqlType, 'REPEATED');
  if (type.name !== 'STRUCT') return { name, type: rows[type.name].api, mode };
  const fields = (type.fields ?? []).map(field => fieldOfType(field.name, field.type as SqlType));
  return { name, type: 'RECORD', mode, fields };
}

const numericOrder = ['INT64', 'NUMERIC', 'BIGNUMERIC', 'FLOAT64'];

export function isNumeric(type: SqlType | undefined): boolean {
  return type !== undefined && numericOrder.includes(type.name);
}

/** `none` where there is no type that both can become. */
export function commonType(left: SqlType | undefined, right: SqlType | undefined): SqlType | undefined | 'none' {
  if (!left || !right) return left ?? right;
  if (isNumeric(left) && isNumeric(right)) {
    return numericOrder.indexOf(left.name) > numericOrder.indexOf(right.name) ? left : right;
  }
  if (left.name !== right.name) return 'none';
  if (left.name === 'ARRAY') {
    const element = commonType(left.element, right.element);
    return element === 'none' || (element && left.element && right.element && left.element.name !== right.element.name)
      ? 'none'
      : arrayOf(element);
  }
  if (left.name === 'STRUCT') {
    const [ours = [], theirs = []] = [left.fields, right.fields];
    if (ours.length !== theirs.length) return 'none';
    const types = ours.map((field, index) => commonType(field.type, theirs[index].type));
    if (types.includes('none')) return 'none';
    return {
      name: 'STRUCT',
      fields: ours.map((field, index) => ({ name: field.name || theirs[index].name, type: types[index] as SqlType })),
    };
  }
  return left;
}
