import type { Field, Relation, Value } from '../model';

/** How values are written (`DataFormatOptions`). */
export interface CellFormat {
  /** TIMESTAMP as microseconds, and not as seconds. */
  useInt64Timestamp: boolean;
}

/** A value as rows of the API have it. */
export interface Cell {
  v: null | string | Cell[] | { f: Cell[] };
}

function floatText(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity';
  const text = String(value).replace(/e\+?/, 'E');
  return Number.isInteger(value) && !text.includes('E') ? `${text}.0` : text;
}

/** Seconds as BigQuery writes them, for example `1.7040672E9`. */
function secondsText(micros: string): string {
  const [mantissa, exponent] = (Number(micros) / 1e6).toExponential().split('e');
  return `${mantissa.includes('.') ? mantissa : `${mantissa}.0`}E${Number(exponent)}`;
}

function cell(value: Value, field: Field, format: CellFormat): Cell {
  if (field.mode === 'REPEATED') {
    return { v: ((value ?? []) as Value[]).map(item => cell(item, { ...field, mode: 'NULLABLE' }, format)) };
  }
  if (value === null) return { v: null };
  if (field.type === 'RECORD') {
    const record = value as { [name: string]: Value };
    return { v: { f: (field.fields ?? []).map(child => cell(record[child.name] ?? null, child, format)) } };
  }
  if (typeof value === 'number') return { v: floatText(value) };
  if (field.type === 'TIMESTAMP' && !format.useInt64Timestamp) return { v: secondsText(String(value)) };
  return { v: String(value as bigint | boolean | string) };
}

/** Rows in the form of the API. */
export function cellsOf({ fields, rows }: Relation, format: CellFormat): { f: Cell[] }[] {
  return rows.map(row => ({ f: row.map((value, index) => cell(value, fields[index], format)) }));
}
