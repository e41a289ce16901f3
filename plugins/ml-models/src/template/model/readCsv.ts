import { columnNameSchema, isValueOf, type Column } from '@leitstand/plugin-ml-models-common';
import { parse } from 'csv-parse/browser/esm/sync';

/** What was read of a CSV: its columns and first rows, or what is wrong with it. */
export type ReadCsv =
  { columns: Column[]; firstRows: string[][]; rowCount: number; problem?: undefined } | { problem: CsvProblem };

/** Why rows cannot be trained on; under the names of the texts that say so. */
export type CsvProblem =
  | { kind: 'unreadable'; line: number }
  | { kind: 'headingInvalid'; name: string }
  | { kind: 'headingTwice'; name: string }
  | { kind: 'empty' };

const previewCount = 5;
/** Types that are told apart, the narrowest first. */
const types = ['INT64', 'FLOAT64', 'BOOL', 'DATE', 'TIMESTAMP'];

/** Reads a CSV with a heading line, by the same rules as the operation. */
export function readCsv(text: string): ReadCsv {
  let lines: string[][];
  try {
    lines = parse(text, { bom: true, skipEmptyLines: true });
  } catch (error) {
    return { problem: { kind: 'unreadable', line: (error as { lines?: number }).lines ?? 1 } };
  }
  const [heading = [], ...rows] = lines;
  const odd = heading.find(name => !columnNameSchema.safeParse(name).success);
  if (odd !== undefined) return { problem: { kind: 'headingInvalid', name: odd } };
  const twice = heading.find((name, index) => heading.indexOf(name) < index);
  if (twice !== undefined) return { problem: { kind: 'headingTwice', name: twice } };
  if (rows.length === 0) return { problem: { kind: 'empty' } };
  const columns = heading.map((name, index) => ({ name, type: typeOf(rows.map(row => row[index])) }));
  return { columns, firstRows: rows.slice(0, previewCount), rowCount: rows.length };
}

/** The narrowest type of all values that are there, as BigQuery's autodetection has it. */
function typeOf(values: string[]): string {
  const present = values.filter(value => value !== '');
  if (present.length === 0) return 'STRING';
  return types.find(type => present.every(value => isValueOf(type, value))) ?? 'STRING';
}
