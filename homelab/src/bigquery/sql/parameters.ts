// Query parameters: https://cloud.google.com/bigquery/docs/reference/rest/v2/QueryParameter
import { DuckDBListValue, DuckDBStructValue, blobValue, type DuckDBValue } from '@duckdb/node-api';
import { BigQueryError } from '../model';
import { arrayOf, scalarType, type SqlType } from './types';

/** `QueryParameterType`. */
export interface QueryParameterType {
  /** For example `INT64`, `ARRAY`, `STRUCT`. */
  type: string;
  arrayType?: QueryParameterType;
  structTypes?: { name?: string; type: QueryParameterType }[];
}

/** `QueryParameterValue`. */
export interface QueryParameterValue {
  value?: string | null;
  arrayValues?: QueryParameterValue[];
  structValues?: Record<string, QueryParameterValue>;
}

/** `QueryParameter`. */
export interface QueryParameter {
  /** Left out of positional ones. */
  name?: string;
  parameterType: QueryParameterType;
  parameterValue: QueryParameterValue;
}

function invalid(message: string): BigQueryError {
  return new BigQueryError(message, { reason: 'invalid', location: 'query' });
}

/** @throws BigQueryError `invalid` for a type that is not modelled */
export function typeOfParameter(declared: QueryParameterType | undefined): SqlType {
  const name = String(declared?.type ?? '').toUpperCase();
  if (name === 'ARRAY') return arrayOf(typeOfParameter(declared?.arrayType));
  if (name === 'STRUCT') {
    const fields = (declared?.structTypes ?? []).map(field => ({
      name: field.name ?? '',
      type: typeOfParameter(field.type),
    }));
    return { name, fields };
  }
  const type = scalarType(name);
  if (!type) throw invalid(`Invalid query parameter type: ${name || 'none'}`);
  return type;
}

/** What the text of a value looks like; DuckDB reads the text itself. */
const forms: Record<string, RegExp> = {
  INT64: /^[+-]?\d+$/,
  FLOAT64: /^([+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?|[+-]?(inf(inity)?|nan))$/i,
  NUMERIC: /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/,
  BIGNUMERIC: /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/,
  BOOL: /^(true|false)$/i,
  DATE: /^\d{4}-\d{1,2}-\d{1,2}$/,
  TIME: /^\d{1,2}:\d{1,2}:\d{1,2}(\.\d{1,6})?$/,
  DATETIME: /^\d{4}-\d{1,2}-\d{1,2}([ Tt]\d{1,2}:\d{1,2}:\d{1,2}(\.\d{1,6})?)?$/,
  TIMESTAMP: /^\d{4}-\d{1,2}-\d{1,2}([ Tt]\d{1,2}:\d{1,2}:\d{1,2}(\.\d{1,9})?)?( ?(Z|UTC|[+-]\d{1,2}(:\d{2})?))?$/i,
};

function scalarValue(text: string, type: SqlType, name: string): DuckDBValue {
  if (forms[type.name] && !forms[type.name].test(text.trim())) {
    throw invalid(`Invalid value for type ${type.name} of query parameter '${name}'`);
  }
  switch (type.name) {
    case 'INT64': {
      const value = BigInt(text.trim().replace('+', ''));
      if (value !== BigInt.asIntN(64, value))
        throw invalid(`Invalid value for type INT64 of query parameter '${name}'`);
      return value;
    }
    case 'BOOL':
      return text.trim().toLowerCase() === 'true';
    case 'BYTES':
      return blobValue(Buffer.from(text, 'base64'));
    default:
      return text;
  }
}

function valueOf(value: QueryParameterValue | undefined, type: SqlType, name: string): DuckDBValue {
  if (type.name === 'ARRAY') {
    const element = type.element as SqlType;
    const items = (value?.arrayValues ?? []).map(item => valueOf(item, element, name));
    // The type of an empty list cannot be bound; its text can be, and is cast.
    return items.length === 0 ? '[]' : new DuckDBListValue(items);
  }
  if (type.name === 'STRUCT') {
    if (!value?.structValues) return null;
    const { structValues } = value;
    const entries = (type.fields ?? []).map(field => [
      field.name,
      valueOf(structValues[field.name], field.type as SqlType, name),
    ]);
    return new DuckDBStructValue(Object.fromEntries(entries) as Record<string, DuckDBValue>);
  }
  const text = value?.value;
  return text === undefined || text === null ? null : scalarValue(String(text), type, name);
}

/**
 * Values for the `$name` (or `$1`) of a compiled statement, which casts texts to the declared types.
 *
 * @throws BigQueryError `invalid` for a value that is not of its type
 */
export function toDuckDbValues(parameters: QueryParameter[]): Record<string, DuckDBValue> | DuckDBValue[] {
  const values = parameters.map((parameter, index) =>
    valueOf(parameter.parameterValue, typeOfParameter(parameter.parameterType), parameter.name ?? String(index + 1)),
  );
  if (parameters.some(({ name }) => !name)) return values;
  return Object.fromEntries(parameters.map(({ name }, index) => [name as string, values[index]]));
}
