// Values on their way out of DuckDB and into it.
import {
  blobValue,
  DuckDBBlobValue,
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBListValue,
  DuckDBStructValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  DuckDBTimeValue,
  listValue,
  structValue,
  type DuckDBValue,
} from '@duckdb/node-api';
import type { Field, FieldType, Value } from '../model';
import { bigNumericScale } from './columnTypes';

const dayMs = 86_400_000;
const numericScales: Partial<Record<FieldType, number>> = { NUMERIC: 9, BIGNUMERIC: bigNumericScale };

function element(field: Field): Field {
  return { ...field, mode: 'NULLABLE' };
}

function timeText(micros: bigint): string {
  const seconds = Number(micros / 1_000_000n);
  const rest = micros % 1_000_000n;
  const whole = new Date(seconds * 1000).toISOString().slice(11, 19);
  return rest === 0n ? whole : `${whole}.${String(rest).padStart(6, '0')}`;
}

function dateText(days: number): string {
  return new Date(days * dayMs).toISOString().slice(0, 10);
}

function datetimeText(micros: bigint): string {
  const day = 86_400_000_000n;
  const inDay = ((micros % day) + day) % day;
  return `${dateText(Number((micros - inDay) / day))}T${timeText(inDay)}`;
}

function decimalText(value: DuckDBDecimalValue): string {
  const text = value.toString();
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

/** A value of a result by the type of its column. */
export function fromDuckDb(value: DuckDBValue, field: Field): Value {
  if (field.mode === 'REPEATED') {
    return value instanceof DuckDBListValue ? value.items.map(item => fromDuckDb(item, element(field))) : [];
  }
  if (value === null) return null;
  if (value instanceof DuckDBStructValue) {
    return Object.fromEntries(
      (field.fields ?? []).map(child => [child.name, fromDuckDb(value.entries[child.name], child)]),
    );
  }
  if (value instanceof DuckDBDecimalValue) return field.type === 'FLOAT' ? value.toDouble() : decimalText(value);
  if (value instanceof DuckDBTimestampTZValue) return String(value.micros);
  if (value instanceof DuckDBTimestampValue) return datetimeText(value.micros);
  if (value instanceof DuckDBDateValue) return dateText(value.days);
  if (value instanceof DuckDBTimeValue) return timeText(value.micros);
  if (value instanceof DuckDBBlobValue) return Buffer.from(value.bytes).toString('base64');
  if (field.type === 'INTEGER') return BigInt(value as number | bigint);
  return value as boolean | number | string;
}

function microsOfTime(text: string): bigint {
  const [, hours, minutes, seconds, fraction = ''] = /^(\d+):(\d+):(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  return (
    BigInt(Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1_000_000n +
    BigInt(fraction.padEnd(6, '0').slice(0, 6))
  );
}

function daysOf(text: string): number {
  return Math.round(Date.parse(`${text}T00:00:00Z`) / dayMs);
}

function decimalOf(text: string, scale: number): DuckDBDecimalValue {
  const [, sign, whole, fraction = ''] = /^(-?)(\d*)(?:\.(\d*))?$/.exec(text) ?? [];
  const digits = BigInt(`${whole}${fraction.padEnd(scale, '0').slice(0, scale)}`);
  return new DuckDBDecimalValue(sign ? -digits : digits, 38, scale);
}

/** A value for a column of its type; the opposite of {@link fromDuckDb}. */
export function toDuckDb(value: Value, field: Field): DuckDBValue {
  if (field.mode === 'REPEATED') {
    return listValue(((value ?? []) as Value[]).map(item => toDuckDb(item, element(field))));
  }
  if (value === null || value === undefined) return null;
  const text = value as string;
  switch (field.type) {
    case 'RECORD': {
      const record = value as { [name: string]: Value };
      return structValue(
        Object.fromEntries(
          (field.fields ?? []).map(child => [child.name, toDuckDb(record[child.name] ?? null, child)]),
        ),
      );
    }
    case 'NUMERIC':
    case 'BIGNUMERIC':
      return decimalOf(text, numericScales[field.type] as number);
    case 'DATE':
      return new DuckDBDateValue(daysOf(text));
    case 'TIME':
      return new DuckDBTimeValue(microsOfTime(text));
    case 'DATETIME': {
      const [date, time] = text.split('T');
      return new DuckDBTimestampValue(BigInt(daysOf(date)) * 86_400_000_000n + microsOfTime(time));
    }
    case 'TIMESTAMP':
      return new DuckDBTimestampTZValue(BigInt(text));
    case 'BYTES':
      return blobValue(Buffer.from(text, 'base64'));
    default:
      return value as bigint | number | boolean | string;
  }
}
