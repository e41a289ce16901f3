// Conversions: https://cloud.google.com/bigquery/docs/reference/standard-sql/conversion_functions#cast
import { arrayOf, duckDbType, isNumeric, typeText, type SqlType } from '../types';
import type { Compilation } from './Compilation';
import type { Emitted } from './Scope';

/** What a text may become without CAST when it is a constant. */
const textTargets = ['DATE', 'DATETIME', 'TIMESTAMP', 'TIME'];
const numericOrder = ['INT64', 'NUMERIC', 'BIGNUMERIC', 'FLOAT64'];

/** Makes one expression of two: `guarded` is what is cast, or what is done when it is not well-formed. */
type Conversion = (compilation: Compilation, value: string, isSafe: boolean) => string;

function checked(pattern: string, target: string, type: string): Conversion {
  return (compilation, value, isSafe) => {
    const failure = isSafe ? 'NULL' : compilation.fail(`Bad ${type} value: `, value);
    const cast = isSafe ? 'TRY_CAST' : 'CAST';
    return `CASE WHEN ${value} IS NULL THEN NULL WHEN regexp_full_match(${value}, '${pattern}') THEN ${cast}(trim(${value}) AS ${target}) ELSE ${failure} END`;
  };
}

function plain(target: string): Conversion {
  return (_, value, isSafe) => `${isSafe ? 'TRY_CAST' : 'CAST'}(${value} AS ${target})`;
}

const number = '\\s*[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?\\s*';
const rounded: Conversion = (_, value, isSafe) => `${isSafe ? 'TRY_CAST' : 'CAST'}(round(${value}) AS BIGINT)`;
const day = '\\d{1,4}-\\d{1,2}-\\d{1,2}';
const time = '\\d{1,2}:\\d{1,2}:\\d{1,2}(\\.\\d{1,6})?';

/** A text of digits that is too large for a FLOAT64 is a bad one; infinite ones are called by name. */
const floatOfText: Conversion = (compilation, value, isSafe) => {
  const cast = checked(`${number}|(?i)\\s*[+-]?(inf|infinity|nan)\\s*`, 'DOUBLE', 'double')(compilation, value, isSafe);
  const failure = isSafe ? 'NULL' : compilation.fail('Bad double value: ', value);
  return `CASE WHEN isinf(TRY_CAST(${value} AS DOUBLE)) AND NOT contains(lower(${value}), 'inf') THEN ${failure} ELSE ${cast} END`;
};

/** How a FLOAT64 is written: with 15 digits, or 17 where these are another number. */
const floatText: Conversion = (_, value) =>
  `CASE WHEN ${value} = 0 THEN '0' WHEN CAST(printf('%.15g', ${value}) AS DOUBLE) = ${value} THEN printf('%.15g', ${value}) ELSE printf('%.17g', ${value}) END`;
const decimalText: Conversion = (_, value) => `regexp_replace(CAST(${value} AS VARCHAR), '\\.?0*$', '')`;

/** From → to. What is not here BigQuery does not convert, or the homelab does not model. */
const conversions: Record<string, Record<string, Conversion>> = {
  STRING: {
    INT64: checked('\\s*[+-]?\\d+\\s*', 'BIGINT', 'int64'),
    FLOAT64: floatOfText,
    NUMERIC: checked(number, 'DECIMAL(38,9)', 'NUMERIC'),
    BIGNUMERIC: checked(number, 'DECIMAL(38,20)', 'BIGNUMERIC'),
    BOOL: checked('(?i)\\s*(true|false)\\s*', 'BOOLEAN', 'bool'),
    DATE: checked(`\\s*${day}\\s*`, 'DATE', 'date'),
    TIME: checked(time, 'TIME', 'time'),
    DATETIME: checked(`\\s*${day}([ Tt]${time})?\\s*`, 'TIMESTAMP', 'datetime'),
    TIMESTAMP: checked(
      `\\s*${day}([ Tt]${time})?( ?([zZ]|[+-]\\d{1,2}(:\\d{2})?|[A-Za-z_]+(/[A-Za-z_]+)*))?\\s*`,
      'TIMESTAMP WITH TIME ZONE',
      'timestamp',
    ),
    BYTES: (_, value) => `encode(${value})`,
    JSON: plain('JSON'),
  },
  INT64: {
    FLOAT64: plain('DOUBLE'),
    NUMERIC: plain('DECIMAL(38,9)'),
    BIGNUMERIC: plain('DECIMAL(38,20)'),
    BOOL: (_, value) => `(${value} <> 0)`,
    STRING: plain('VARCHAR'),
  },
  FLOAT64: { INT64: rounded, NUMERIC: plain('DECIMAL(38,9)'), BIGNUMERIC: plain('DECIMAL(38,20)'), STRING: floatText },
  NUMERIC: { INT64: rounded, FLOAT64: plain('DOUBLE'), BIGNUMERIC: plain('DECIMAL(38,20)'), STRING: decimalText },
  BIGNUMERIC: { INT64: rounded, FLOAT64: plain('DOUBLE'), NUMERIC: plain('DECIMAL(38,9)'), STRING: decimalText },
  BOOL: { INT64: plain('BIGINT'), STRING: plain('VARCHAR') },
  BYTES: { STRING: (_, value) => `decode(${value})` },
  DATE: { STRING: plain('VARCHAR'), DATETIME: plain('TIMESTAMP'), TIMESTAMP: plain('TIMESTAMP WITH TIME ZONE') },
  TIME: { STRING: plain('VARCHAR') },
  DATETIME: {
    STRING: plain('VARCHAR'),
    DATE: plain('DATE'),
    TIME: plain('TIME'),
    TIMESTAMP: plain('TIMESTAMP WITH TIME ZONE'),
  },
  TIMESTAMP: {
    STRING: plain('VARCHAR'),
    DATE: (_, value) => `CAST(timezone('UTC', ${value}) AS DATE)`,
    TIME: (_, value) => `CAST(timezone('UTC', ${value}) AS TIME)`,
    DATETIME: (_, value) => `timezone('UTC', ${value})`,
  },
};

function sameScalar(left: SqlType, right: SqlType): boolean {
  return left.name === right.name && left.name !== 'ARRAY' && left.name !== 'STRUCT';
}

/** A value converted as CAST does it. @throws BigQueryError for types that do not convert */
export function castTo(
  compilation: Compilation,
  value: Emitted,
  target: SqlType | { type: SqlType; isSafe: boolean },
): Emitted {
  const { type, isSafe } = 'type' in target ? target : { type: target, isSafe: false };
  const duckdb = duckDbType(type);
  if (!value.type) {
    if (value.sql !== 'NULL' && value.from?.node !== 'null') {
      // Results of ML functions: DuckDB knows the type, and rounds or refuses itself.
      if (!['STRING', 'FLOAT64'].includes(type.name))
        throw compilation.refused(value.from?.at ?? 0, `CAST of a column of an ML function to ${typeText(type)}`);
    }
    return { sql: `CAST(${value.sql} AS ${duckdb})`, type };
  }
  if (sameScalar(value.type, type)) return { sql: value.sql, type };
  const conversion = conversions[value.type.name]?.[type.name];
  if (conversion) return { sql: conversion(compilation, value.sql, isSafe), type };
  const isNested = value.type.name === type.name && (type.name === 'ARRAY' || type.name === 'STRUCT');
  if (isNested && typeText(value.type) === typeText(type)) return { sql: value.sql, type };
  if (isNested && duckDbType(value.type) === undefined) return { sql: `CAST(${value.sql} AS ${duckdb})`, type };
  throw compilation.error(value.from?.at ?? 0, `Invalid cast from ${typeText(value.type)} to ${typeText(type)}`);
}

/** A value as another type without CAST, as BigQuery does it; undefined where it does not. */
export function coerce(compilation: Compilation, value: Emitted, type: SqlType | undefined): Emitted | undefined {
  if (!type || !value.type) return value;
  if (sameScalar(value.type, type)) return value;
  if (isNumeric(value.type) && isNumeric(type)) {
    const isWider = numericOrder.indexOf(type.name) > numericOrder.indexOf(value.type.name);
    return isWider ? castTo(compilation, value, type) : undefined;
  }
  if (value.isConstant && value.type.name === 'STRING' && textTargets.includes(type.name))
    return castTo(compilation, value, type);
  if (value.type.name === 'DATE' && type.name === 'DATETIME') return castTo(compilation, value, type);
  if (value.type.name !== type.name) return undefined;
  if (type.name === 'ARRAY') {
    const element = value.type.element?.name === type.element?.name || !value.type.element || !type.element;
    return element ? { ...value, type: arrayOf(type.element) } : undefined;
  }
  const [ours, theirs] = [value.type.fields ?? [], type.fields ?? []];
  if (ours.length !== theirs.length) return undefined;
  const duckdb = duckDbType(type);
  return typeText(value.type) === typeText(type) || !duckdb ? value : { sql: `CAST(${value.sql} AS ${duckdb})`, type };
}
