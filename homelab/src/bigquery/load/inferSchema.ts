// Schema detection: https://cloud.google.com/bigquery/docs/schema-detect
import type { Field, FieldType } from '../model';
import { parseText } from './coerce';
import type { CsvCell } from './csv';

/** BigQuery looks at so many rows. */
const sampleCount = 500;

/** What a text may be, the narrowest first; texts such as `1` are numbers and not booleans. */
const detectable: [FieldType, RegExp][] = [
  ['BOOLEAN', /^(true|false|yes|no|t|f|y|n)$/i],
  ['INTEGER', /^[+-]?\d+$/],
  ['FLOAT', /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$|^[+-]?(inf|nan|infinity)$/i],
  ['DATE', /^\d{4}-\d{1,2}-\d{1,2}$/],
  ['TIME', /^\d{1,2}:\d{1,2}:\d{1,2}(\.\d{1,6})?$/],
  ['TIMESTAMP', /^\d{4}-\d{1,2}-\d{1,2}[T ]\d{1,2}:\d{1,2}:\d{1,2}/],
];

function typeOfText(text: string): FieldType {
  const found = detectable.find(([type, pattern]) => pattern.test(text.trim()) && parseText(text, type) !== undefined);
  return found?.[0] ?? 'STRING';
}

/** The narrowest type for values of both. */
function common(one: FieldType | undefined, other: FieldType): FieldType {
  if (one === undefined || one === other) return other;
  const pair = [one, other];
  if (pair.includes('INTEGER') && pair.includes('FLOAT')) return 'FLOAT';
  if (pair.includes('DATE') && pair.includes('TIMESTAMP')) return 'TIMESTAMP';
  return 'STRING';
}

/** A name that a column may have: https://cloud.google.com/bigquery/docs/schemas#column_names */
function columnName(text: string, index: number, taken: Set<string>): string {
  const plain = text.trim().replace(/[^\p{L}\p{N}_]/gu, '_') || `string_field_${index}`;
  const started = /^\d/.test(plain) ? `_${plain}` : plain;
  let name = started;
  for (let count = 1; taken.has(name.toLowerCase()); count++) name = `${started}_${count}`;
  taken.add(name.toLowerCase());
  return name;
}

/** Columns of a CSV file, and whether its first line names them. */
export function inferCsvSchema(
  lines: CsvCell[][],
  options: { skipLeadingRows?: number },
): { fields: Field[]; headerCount: number } {
  const given = options.skipLeadingRows;
  const start = Math.max((given ?? 0) - 1, 0);
  const [first = []] = lines.slice(start);
  const rows = lines.slice(start + 1, start + 1 + sampleCount);
  const types = first.map((_, index) => {
    let type: FieldType | undefined;
    for (const cell of rows.map(row => row[index])) if (cell?.text) type = common(type, typeOfText(cell.text));
    return type ?? 'STRING';
  });
  const isNamed = (given ?? 0) > 0 || looksLikeHeader(first, types);
  const taken = new Set<string>();
  const fields = types.map((type, index): Field => {
    const whole = isNamed ? type : common(rows.length > 0 ? type : undefined, typeOfText(first[index].text));
    const name = isNamed ? first[index].text : `${whole === 'FLOAT' ? 'double' : sqlName(whole)}_field_${index}`;
    return { name: columnName(name, index, taken), type: whole, mode: 'NULLABLE' };
  });
  return { fields, headerCount: isNamed ? start + 1 : (given ?? 0) };
}

/** A first line of texts only, over a column that is none of texts. */
function looksLikeHeader(first: CsvCell[], types: FieldType[]): boolean {
  return first.every(({ text }) => typeOfText(text) === 'STRING') && types.some(type => type !== 'STRING');
}

function sqlName(type: FieldType): string {
  return { INTEGER: 'int64', BOOLEAN: 'bool' }[type as string] ?? type.toLowerCase();
}

function jsonField(name: string, values: unknown[]): Field {
  const present = values.filter(value => value !== null && value !== undefined);
  if (present.some(Array.isArray)) return { ...jsonField(name, present.flat()), mode: 'REPEATED' };
  if (present.some(value => typeof value === 'object')) {
    return { name, type: 'RECORD', mode: 'NULLABLE', fields: inferJsonSchema(present as Record<string, unknown>[]) };
  }
  let type: FieldType | undefined;
  for (const value of present) {
    const isFloat = typeof value === 'number' && !Number.isInteger(value);
    type = common(type, isFloat ? 'FLOAT' : typeOfText(String(value)));
  }
  return { name, type: type ?? 'STRING', mode: 'NULLABLE' };
}

/** Columns of JSON rows, in the order in which they appear first. */
export function inferJsonSchema(rows: Record<string, unknown>[]): Field[] {
  const sample = rows.slice(0, sampleCount);
  const names = [...new Set(sample.flatMap(row => Object.keys(row)))];
  return names.map(name =>
    jsonField(
      name,
      sample.map(row => row[name]),
    ),
  );
}
