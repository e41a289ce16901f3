import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BigQueryError, type Field, type Relation, type Value } from '../model';
import { readFields } from '../storage/columnTypes';
import { rowOf, type TableRows } from '../storage/TableRows';
import { coerceCell, coerceRecord } from './coerce';
import { parseCsv, type CsvCell } from './csv';
import { inferCsvSchema, inferJsonSchema } from './inferSchema';

/** What of a load job's configuration decides how its file is read (`JobConfigurationLoad`). */
export interface LoadFormat {
  sourceFormat?: string;
  autodetect?: boolean;
  schema?: { fields?: unknown };
  skipLeadingRows?: number | string;
  fieldDelimiter?: string;
  quote?: string;
  nullMarker?: string;
  allowJaggedRows?: boolean;
  ignoreUnknownValues?: boolean;
  maxBadRecords?: number | string;
}

/** What was read: the rows that fit, and one message for each that did not. */
export interface LoadedFile {
  relation: Relation;
  badRecords: string[];
}

/** What reading needs beside the file. */
export interface ReadOptions {
  format: LoadFormat;
  /** Of the table that is there already. */
  tableFields?: Field[];
  rows: TableRows;
  /** Folder for a file while DuckDB reads it. */
  temporaryDir: string;
}

function invalid(message: string): BigQueryError {
  return new BigQueryError(message, { reason: 'invalid' });
}

function declaredFields({ format, tableFields }: ReadOptions): Field[] | undefined {
  return format.schema?.fields ? readFields(format.schema.fields) : tableFields;
}

/** Splits what can be read from what cannot. */
function collect<T>(items: T[], read: (item: T) => Value[]): { rows: Value[][]; badRecords: string[] } {
  const rows: Value[][] = [];
  const badRecords: string[] = [];
  for (const item of items) {
    try {
      rows.push(read(item));
    } catch (error) {
      if (!(error instanceof BigQueryError)) throw error;
      badRecords.push(error.message);
    }
  }
  return { rows, badRecords };
}

function readCsvLine(line: CsvCell[], fields: Field[], format: LoadFormat): Value[] {
  if (line.length > fields.length && !format.ignoreUnknownValues) {
    throw invalid(`Too many values in line. Found ${line.length} column(s) while expected ${fields.length}.`);
  }
  if (line.length < fields.length && !format.allowJaggedRows) {
    throw invalid(`Too few values in line. Found ${line.length} column(s) while expected ${fields.length}.`);
  }
  return fields.map((field, index) => {
    const cell = line[index];
    const isNull = !cell || (!cell.isQuoted && cell.text === (format.nullMarker ?? ''));
    const isText = field.type === 'STRING' && cell && format.nullMarker === undefined;
    return coerceCell(isNull && !isText ? null : cell.text, field);
  });
}

function readCsv(content: Buffer, options: ReadOptions): LoadedFile {
  const { format } = options;
  const { quote = '"' } = format;
  const delimiter = format.fieldDelimiter ?? ',';
  const fieldDelimiter = /^(\\t|tab)$/i.test(delimiter) ? '\t' : delimiter;
  const lines = parseCsv(content.toString('utf8').replace(/^\uFEFF/, ''), { fieldDelimiter, quote });
  const skip = format.skipLeadingRows === undefined ? undefined : Number(format.skipLeadingRows);
  const isAutodetect = format.autodetect === true && !format.schema?.fields;
  const inferred = isAutodetect ? inferCsvSchema(lines, { skipLeadingRows: skip }) : undefined;
  const fields = declaredFields(options) ?? inferred?.fields;
  if (!fields) throw invalid('No schema specified on job or table.');
  const body = lines.slice(inferred ? inferred.headerCount : (skip ?? 0));
  const { rows, badRecords } = collect(body, line => readCsvLine(line, fields, format));
  return { relation: { fields, rows }, badRecords };
}

function readNewlineDelimitedJson(content: Buffer, options: ReadOptions): LoadedFile {
  const { format } = options;
  const lines = content
    .toString('utf8')
    .split('\n')
    .filter(line => line.trim() !== '');
  const parse = (line: string): Record<string, unknown> => {
    try {
      return JSON.parse(line) as Record<string, unknown>;
    } catch {
      throw invalid('JSON parsing error in row: Parser terminated before end of string');
    }
  };
  const parseable = () => lines.flatMap(line => (/^\s*\{/.test(line) ? [parse(line)] : []));
  const fields = declaredFields(options) ?? (format.autodetect ? inferJsonSchema(parseable()) : undefined);
  if (!fields) throw invalid('No schema specified on job or table.');
  const { ignoreUnknownValues } = format;
  const { rows, badRecords } = collect(lines, line =>
    rowOf(fields, coerceRecord(parse(line), fields, { ignoreUnknownValues })),
  );
  return { relation: { fields, rows }, badRecords };
}

async function readParquet(content: Buffer, { rows, temporaryDir }: ReadOptions): Promise<LoadedFile> {
  const folder = await mkdtemp(join(temporaryDir, 'load-'));
  try {
    const file = join(folder, 'file.parquet');
    await writeFile(file, content, { mode: 0o600 });
    return { relation: await rows.readParquet(file), badRecords: [] };
  } catch (cause) {
    if (cause instanceof BigQueryError) throw cause;
    throw invalid('Error while reading data, error message: Failed to read file: it is not a valid Parquet file.');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const readers: Record<string, (content: Buffer, options: ReadOptions) => LoadedFile | Promise<LoadedFile>> = {
  CSV: readCsv,
  NEWLINE_DELIMITED_JSON: readNewlineDelimitedJson,
  PARQUET: readParquet,
};

/** Reads the file of a load job. @throws BigQueryError `invalid` when too much of it cannot be read */
export async function readFile(content: Buffer, options: ReadOptions): Promise<LoadedFile> {
  const { sourceFormat = 'CSV', maxBadRecords = 0 } = options.format;
  const read = readers[sourceFormat.toUpperCase()];
  if (!read) {
    const message = `The homelab loads CSV, NEWLINE_DELIMITED_JSON and PARQUET, not ${sourceFormat}`;
    throw new BigQueryError(message, { reason: 'invalid', location: 'sourceFormat' });
  }
  const loaded = await read(content, options);
  const { badRecords, relation } = loaded;
  if (badRecords.length > Number(maxBadRecords)) {
    const count = badRecords.length + relation.rows.length;
    const what = sourceFormat.toUpperCase() === 'CSV' ? 'CSV processing' : 'JSON table';
    throw invalid(
      `Error while reading data, error message: ${what} encountered too many errors, giving up. Rows: ${count}; errors: ${badRecords.length}; max bad: ${maxBadRecords}; error percent: 0. ${badRecords[0]}`,
    );
  }
  return loaded;
}
