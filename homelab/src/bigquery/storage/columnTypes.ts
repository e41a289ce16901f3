import { DuckDBDecimalType, DuckDBListType, DuckDBStructType, DuckDBTypeId, type DuckDBType } from '@duckdb/node-api';
import { BigQueryError, type Field, type FieldType } from '../model';

/** How a column is kept; BIGNUMERIC has 18 digits less than BigQuery's. */
const duckDbTypes: Record<Exclude<FieldType, 'RECORD'>, string> = {
  STRING: 'VARCHAR',
  BYTES: 'BLOB',
  INTEGER: 'BIGINT',
  FLOAT: 'DOUBLE',
  NUMERIC: 'DECIMAL(38,9)',
  BIGNUMERIC: 'DECIMAL(38,20)',
  BOOLEAN: 'BOOLEAN',
  TIMESTAMP: 'TIMESTAMP WITH TIME ZONE',
  DATE: 'DATE',
  TIME: 'TIME',
  DATETIME: 'TIMESTAMP',
  JSON: 'JSON',
};

/** Digits behind the point of a BIGNUMERIC. */
export const bigNumericScale = 20;

const fieldTypes: Partial<Record<DuckDBTypeId, FieldType>> = {
  [DuckDBTypeId.VARCHAR]: 'STRING',
  [DuckDBTypeId.BLOB]: 'BYTES',
  [DuckDBTypeId.TINYINT]: 'INTEGER',
  [DuckDBTypeId.SMALLINT]: 'INTEGER',
  [DuckDBTypeId.INTEGER]: 'INTEGER',
  [DuckDBTypeId.BIGINT]: 'INTEGER',
  [DuckDBTypeId.HUGEINT]: 'INTEGER',
  [DuckDBTypeId.UTINYINT]: 'INTEGER',
  [DuckDBTypeId.USMALLINT]: 'INTEGER',
  [DuckDBTypeId.UINTEGER]: 'INTEGER',
  [DuckDBTypeId.UBIGINT]: 'INTEGER',
  [DuckDBTypeId.FLOAT]: 'FLOAT',
  [DuckDBTypeId.DOUBLE]: 'FLOAT',
  [DuckDBTypeId.BOOLEAN]: 'BOOLEAN',
  [DuckDBTypeId.TIMESTAMP]: 'DATETIME',
  [DuckDBTypeId.TIMESTAMP_TZ]: 'TIMESTAMP',
  [DuckDBTypeId.DATE]: 'DATE',
  [DuckDBTypeId.TIME]: 'TIME',
  [DuckDBTypeId.SQLNULL]: 'INTEGER',
};

/** An identifier in DuckDB's SQL. */
export function quote(identifier: string): string {
  return `"${identifier.replaceAll('"', '""')}"`;
}

/** The type of a column in DuckDB's SQL. */
export function duckDbType(field: Field): string {
  const element =
    field.type === 'RECORD'
      ? `STRUCT(${(field.fields ?? []).map(child => `${quote(child.name)} ${duckDbType(child)}`).join(', ')})`
      : duckDbTypes[field.type];
  return field.mode === 'REPEATED' ? `${element}[]` : element;
}

function decimalType({ width, scale }: DuckDBDecimalType): FieldType {
  if (width < 38) return 'FLOAT'; // a literal: what has a declared type is as wide as can be
  return scale === bigNumericScale ? 'BIGNUMERIC' : 'NUMERIC';
}

/** The column that a result of DuckDB shows as. @throws BigQueryError for types that BigQuery does not have */
export function fieldOf(name: string, type: DuckDBType): Field {
  if (type instanceof DuckDBListType) return { ...fieldOf(name, type.valueType), mode: 'REPEATED' };
  if (type instanceof DuckDBStructType) {
    const fields = type.entryNames.map((child, index) => fieldOf(child, type.entryTypes[index]));
    return { name, type: 'RECORD', mode: 'NULLABLE', fields };
  }
  if (type instanceof DuckDBDecimalType) return { name, type: decimalType(type), mode: 'NULLABLE' };
  const scalar = type.alias === 'JSON' ? 'JSON' : fieldTypes[type.typeId];
  if (!scalar) {
    const message = `The homelab does not model values of the type of column ${name}`;
    throw new BigQueryError(message, { reason: 'invalidQuery', location: 'query' });
  }
  return { name, type: scalar, mode: 'NULLABLE' };
}

/** Names of types in SQL where they differ from those of the API. */
const standardNames: Partial<Record<FieldType, string>> = { INTEGER: 'INT64', FLOAT: 'FLOAT64', BOOLEAN: 'BOOL' };

/** The type of a column in GoogleSQL. */
export function standardType(field: Field): string {
  if (field.mode === 'REPEATED') return `ARRAY<${standardType({ ...field, mode: 'NULLABLE' })}>`;
  if (field.type !== 'RECORD') return standardNames[field.type] ?? field.type;
  return `STRUCT<${(field.fields ?? []).map(child => `${child.name} ${standardType(child)}`).join(', ')}>`;
}

/** Names by which requests call types, in the words of SQL or of the API. */
const typeNames: Record<string, FieldType> = {
  INT64: 'INTEGER',
  FLOAT64: 'FLOAT',
  BOOL: 'BOOLEAN',
  STRUCT: 'RECORD',
  RECORD: 'RECORD',
  ...Object.fromEntries(Object.keys(duckDbTypes).map(name => [name, name as FieldType])),
};

/** A schema as a request gives it, completed. @throws BigQueryError `invalid` when it is none */
export function readFields(input: unknown): Field[] {
  if (!Array.isArray(input)) throw new BigQueryError('Schema has no fields.', { reason: 'invalid' });
  return input.map(item => {
    const { name, type, mode, fields, description } = (item ?? {}) as Record<string, unknown>;
    const known = typeNames[String(type).toUpperCase()];
    if (typeof name !== 'string' || !/^[\p{L}_][\p{L}\p{N}_ -]{0,299}$/u.test(name)) {
      throw new BigQueryError(`Invalid field name "${String(name)}".`, { reason: 'invalid' });
    }
    if (!known) {
      const message = `Invalid value for type: ${String(type)} is not a valid value`;
      throw new BigQueryError(message, { reason: 'invalid' });
    }
    const upper = String(mode ?? 'NULLABLE').toUpperCase();
    if (upper !== 'NULLABLE' && upper !== 'REQUIRED' && upper !== 'REPEATED') {
      throw new BigQueryError(`Invalid value for mode: ${upper} is not a valid value`, { reason: 'invalid' });
    }
    return {
      name,
      type: known,
      mode: upper,
      ...(known === 'RECORD' && { fields: readFields(fields) }),
      ...(typeof description === 'string' && { description }),
    };
  });
}
