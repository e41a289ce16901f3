import type { Column, FeatureValue } from '@leitstand/plugin-ml-models-common';
import { parse } from 'csv-parse/browser/esm/sync';
import { readFeatureValue } from './featureValue';

/** Most rows that are asked about at once; the route's own limit. */
export const maxRowCount = 1_000;

/** One row of a pasted table. */
export interface ReadTableRow {
  /** As pasted, in the order of the features; a cell that is not there is empty. */
  cells: string[];
  values: Record<string, FeatureValue>;
  /** Positions of the cells that are no value of their column's type. */
  faults: number[];
}

/** What was read of a pasted table. */
export interface ReadTable {
  rows: ReadTableRow[];
  /** Cells that are no value of their column's type, in all rows. */
  faultCount: number;
  /** Columns of the first line that are no features; they are left out. */
  ignored: string[];
  /** Why the table as a whole cannot be taken. */
  problem?: { kind: 'unreadable' } | { kind: 'missing'; columns: string[] } | { kind: 'tooMany'; rowCount: number };
}

const delimiters = ['\t', ';', ','];

/** The delimiter of spreadsheets and files: the one that the first line has most of. */
function delimiterOf(text: string): string {
  const [first = ''] = text.split(/\r?\n/, 1);
  const counts = delimiters.map(delimiter => first.split(delimiter).length);
  return delimiters[counts.indexOf(Math.max(...counts))];
}

/** Reads a pasted table or CSV. Its first line may name the features; else its columns are taken in their order. */
export function readTable(text: string, features: readonly Column[]): ReadTable {
  const nothing = { rows: [], faultCount: 0, ignored: [] };
  let lines: string[][];
  try {
    lines = parse(text, {
      delimiter: delimiterOf(text),
      bom: true,
      skipEmptyLines: true,
      relaxColumnCount: true,
      trim: true,
    });
  } catch {
    return { ...nothing, problem: { kind: 'unreadable' } }; // a quote that does not end: what it says helps nobody
  }
  const heading = lines.at(0) ?? [];
  const hasHeading = heading.some(cell => features.some(({ name }) => name === cell));
  const columns = hasHeading ? heading : features.map(({ name }) => name);
  const missing = features.filter(({ name }) => !columns.includes(name)).map(({ name }) => name);
  const ignored = hasHeading ? columns.filter(column => !features.some(({ name }) => name === column)) : [];
  if (missing.length > 0) return { ...nothing, ignored, problem: { kind: 'missing', columns: missing } };
  const body = hasHeading ? lines.slice(1) : lines;
  if (body.length > maxRowCount) {
    return { ...nothing, ignored, problem: { kind: 'tooMany', rowCount: body.length } };
  }
  const rows = body.map(line => readLine(line, columns, features));
  return { rows, ignored, faultCount: rows.reduce((sum, { faults }) => sum + faults.length, 0) };
}

function readLine(line: string[], columns: string[], features: readonly Column[]): ReadTableRow {
  const cells = features.map(({ name }) => line[columns.indexOf(name)] ?? '');
  const read = features.map(({ type }, index) => readFeatureValue(cells[index], type));
  return {
    cells,
    values: Object.fromEntries(features.map(({ name }, index) => [name, read[index] ?? null])),
    faults: read.flatMap((value, index) => (value === undefined ? [index] : [])),
  };
}
