import { standardType } from '../storage/columnTypes';
import { BigQueryError, type Field, type FieldType, type Value } from '../model';

const datePattern = /^(\d{4})-(\d{1,2})-(\d{1,2})$/;
const timePattern = /^(\d{1,2}):(\d{1,2}):(\d{1,2})(\.\d{1,6})?$/;
const timestampPattern =
  /^(\d{4}-\d{1,2}-\d{1,2})(?:[T ](\d{1,2}:\d{1,2}:\d{1,2}(?:\.\d{1,6})?))? ?(Z|UTC|[+-]\d{1,2}(?::?\d{2})?)?$/i;

function date(text: string): string | undefined {
  const [, year, month, day] = datePattern.exec(text) ?? [];
  if (!year) return undefined;
  const normal = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const parsed = new Date(`${normal}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(normal) ? normal : undefined;
}

function time(text: string): string | undefined {
  const [, hours, minutes, seconds, fraction = ''] = timePattern.exec(text) ?? [];
  if (!hours || Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return undefined;
  return `${[hours, minutes, seconds].map(part => part.padStart(2, '0')).join(':')}${fraction}`;
}

function timestamp(text: string): string | undefined {
  if (/^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text)) return String(BigInt(Math.round(Number(text) * 1e6)));
  const [, day, clock = '00:00:00', zone = 'Z'] = timestampPattern.exec(text) ?? [];
  const normalDay = day && date(day);
  const normalTime = time(clock);
  if (!normalDay || !normalTime) return undefined;
  const [, sign, hours = '0', minutes = '0'] = /^([+-])(\d{1,2}):?(\d{2})?$/.exec(zone) ?? [];
  const offsetMs = (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
  const [whole, fraction = ''] = normalTime.split('.');
  const ms = Date.parse(`${normalDay}T${whole}Z`) - offsetMs;
  return String(BigInt(ms) * 1000n + BigInt(fraction.padEnd(6, '0')));
}

function datetime(text: string): string | undefined {
  const [day, clock = '00:00:00'] = text.split(/[T ]/);
  const [normalDay, normalTime] = [date(day), time(clock)];
  return normalDay && normalTime && `${normalDay}T${normalTime}`;
}

function integer(text: string): bigint | undefined {
  if (!/^[+-]?\d+(\.0+)?$/.test(text)) return undefined;
  const value = BigInt(text.replace(/\.0+$/, '').replace(/^\+/, ''));
  return BigInt.asIntN(64, value) === value ? value : undefined;
}

function float(text: string): number | undefined {
  const value = Number(text);
  if (/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text)) return Number.isFinite(value) ? value : undefined;
  const named: Record<string, number> = {
    nan: NaN,
    inf: Infinity,
    infinity: Infinity,
    '-inf': -Infinity,
    '-infinity': -Infinity,
  };
  return named[text.toLowerCase()];
}

function boolean(text: string): boolean | undefined {
  if (/^(true|t|yes|y|1)$/i.test(text)) return true;
  return /^(false|f|no|n|0)$/i.test(text) ? false : undefined;
}

function numeric(text: string): string | undefined {
  return /^-?\d{1,29}(\.\d{1,20})?$/.test(text) ? text : undefined;
}

/** From the text of a CSV cell or of a scalar in JSON; undefined where it is no value of the type. */
const readers: Record<Exclude<FieldType, 'RECORD'>, (text: string) => Value | undefined> = {
  STRING: text => text,
  BYTES: text => (/^[A-Za-z0-9+/]*={0,2}$/.test(text) ? text : undefined),
  INTEGER: integer,
  FLOAT: float,
  NUMERIC: numeric,
  BIGNUMERIC: numeric,
  BOOLEAN: boolean,
  TIMESTAMP: timestamp,
  DATE: date,
  TIME: time,
  DATETIME: datetime,
  JSON: text => text,
};

/** Reads the text of a value. @returns undefined when it is none of that type */
export function parseText(text: string, type: FieldType): Value | undefined {
  return type === 'RECORD' ? undefined : readers[type](text.trim() === '' || type === 'STRING' ? text : text.trim());
}

function invalid(message: string, field: Field): BigQueryError {
  return new BigQueryError(message, { reason: 'invalid', location: field.name });
}

/** Reads the cell of a CSV line. @throws BigQueryError `invalid` in the words of a load job */
export function coerceCell(text: string | null, field: Field): Value {
  if (text === null) {
    if (field.mode === 'REQUIRED') throw invalid(`Required column value for column ${field.name} is missing`, field);
    return null;
  }
  const value = field.mode === 'REPEATED' ? undefined : parseText(text, field.type);
  if (value === undefined) {
    const type = standardType(field);
    throw invalid(`Could not parse '${text}' as ${type} for field ${field.name}`, field);
  }
  return value;
}

/** Reads a value of a JSON row. @throws BigQueryError `invalid` in the words of the API */
function coerceJson(input: unknown, field: Field): Value {
  if (field.mode === 'REPEATED') {
    if (input === undefined || input === null) return [];
    if (!Array.isArray(input)) throw invalid(`Array specified for non-repeated field: ${field.name}.`, field);
    return input.map(item => coerceJson(item, { ...field, mode: 'REQUIRED' }));
  }
  if (input === undefined || input === null) {
    if (field.mode === 'REQUIRED') throw invalid(`Missing required field: ${field.name}.`, field);
    return null;
  }
  if (field.type === 'JSON') return typeof input === 'string' ? input : JSON.stringify(input);
  if (field.type === 'RECORD') {
    if (typeof input !== 'object' || Array.isArray(input)) throw invalid('This field is a record.', field);
    return coerceRecord(input as Record<string, unknown>, field.fields ?? []);
  }
  if (typeof input === 'object') throw invalid(`This field: ${field.name} is not a record.`, field);
  const value = parseText(String(input), field.type);
  if (value === undefined) {
    throw invalid(`Cannot convert value to ${field.type.toLowerCase()} (bad value): ${String(input)}`, field);
  }
  return value;
}

/** @throws BigQueryError `invalid` for a field that the schema does not have, or a value that does not fit */
export function coerceRecord(
  input: Record<string, unknown>,
  fields: Field[],
  options: { ignoreUnknownValues?: boolean } = {},
): { [name: string]: Value } {
  const byName = new Map(Object.entries(input).map(([name, value]) => [name.toLowerCase(), value]));
  const known = new Set(fields.map(field => field.name.toLowerCase()));
  const unknown = Object.keys(input).find(name => !known.has(name.toLowerCase()));
  if (unknown !== undefined && !options.ignoreUnknownValues) {
    throw new BigQueryError(`no such field: ${unknown}.`, { reason: 'invalid', location: unknown });
  }
  return Object.fromEntries(fields.map(field => [field.name, coerceJson(byName.get(field.name.toLowerCase()), field)]));
}
