import type bigquery from '@google-cloud/bigquery/build/src/types';
import { InputError, NotAllowedError } from '@backstage/errors';
import { withCode } from '@leitstand/plugin-kit-common';
import {
  columnNameSchema,
  type DatasetRef,
  type MlModelsErrorCode,
  type TrainingSource,
} from '@leitstand/plugin-ml-models-common';
import { parse } from 'csv-parse/sync';
import type { BigQueryConnection } from '../client/BigQueryConnection';
import { maskSql } from '../model/maskSql';
import { modelsOf } from '../model/modelOf';
import { columnsOf } from '../services/DatasetService';
import type { QueryService } from '../services/QueryService';
import type { DataGrant } from './dataGrant';
import { findTable } from './resources';

/** What is known of the rows before anything is trained. */
export interface SourceFacts {
  /** Names of the columns. */
  columns: string[];
  rowCount: number | undefined;
}

/** How a source is looked at. */
export interface SourceLook {
  connection: BigQueryConnection;
  queries: QueryService;
  mayUse: DataGrant;
  /** Of the model; a table that is named alone is in it, and a CSV is loaded there. */
  dataset: DatasetRef;
  signal: AbortSignal;
}

/**
 * Looks at a source; reads nothing that is billed.
 *
 * @throws InputError naming the field, or with code `QUERY_INVALID` or `QUERY_NOT_SELECT`; NotAllowedError when data are
 * read or written that are not given to everybody who may act on the model; UpstreamError
 */
export async function lookAtSource(source: TrainingSource, look: SourceLook): Promise<SourceFacts> {
  switch (source.kind) {
    case 'csv':
      assertGranted(look.dataset, look);
      return lookAtCsv(source.csv);
    case 'table': {
      assertGranted(look.dataset, look);
      const table = await findTable(look.connection, { ...look.dataset, table: source.table }, look.signal);
      if (!table) throw new InputError(`input.source.table: there is no table ${source.table} in the dataset`);
      return factsOf(table);
    }
    case 'query': {
      assertNamesData(source.query);
      const models = modelsOf(source.query, look.connection.config.projectId);
      for (const model of models) assertGranted(model, look);
      const options = { operation: 'estimate the query of the training', signal: look.signal };
      const dryRun = await look.queries.dryRun(look, { sql: source.query }, options);
      if (dryRun.statementType !== 'SELECT') throw notSelect();
      for (const table of dryRun.tables) assertGranted(table, look);
      return { columns: dryRun.columns.map(({ name }) => name), rowCount: undefined };
    }
    default:
      throw new Error(`Unknown source ${String(source satisfies never)}`);
  }
}

/** What reads data without naming a table: metadata of others, other systems, names that are spelt with escapes. */
const unnamed = /\bINFORMATION_SCHEMA\b|\bEXTERNAL_QUERY\b|`[^`\n]*\\/i;

/** @throws InputError */
function assertNamesData(query: string): void {
  if (!unnamed.test(maskSql(query, 'names'))) return;
  throw new InputError(
    'input.source.query: a training reads tables by their plain names, not INFORMATION_SCHEMA or other systems',
  );
}

/** @throws NotAllowedError */
function assertGranted(read: DatasetRef | undefined, { mayUse }: SourceLook): void {
  if (read && mayUse(read)) return;
  const what = read ? `${read.project}.${read.dataset}` : 'a model whose name cannot be read';
  throw new NotAllowedError(
    `input.source: the training would use ${what}, which leitstand.ownership does not give to everybody who may act on the model`,
  );
}

/** Names of columns differ by more than case. @throws InputError naming those that are missing, or a label among the features */
export function checkColumns(
  { columns }: SourceFacts,
  { features, label }: { features: readonly string[]; label: string },
): void {
  const known = columns.map(lowerCase);
  const missing = [...features, label].filter(column => !known.includes(lowerCase(column)));
  if (missing.length > 0) {
    throw new InputError(`The data have no column ${missing.join(', ')}. There are ${columns.join(', ')}.`);
  }
  if (features.some(feature => lowerCase(feature) === lowerCase(label))) {
    throw new InputError('input.features: the label cannot be a feature too');
  }
}

function lowerCase(name: string): string {
  return name.toLocaleLowerCase('en-US');
}

/** @throws InputError when it is no CSV with a heading line */
function lookAtCsv(csv: string): SourceFacts {
  const [heading, ...rows] = parseCsv(csv);
  if (!heading || rows.length === 0) throw new InputError('input.source.csv: a heading line and a row are needed');
  const odd = heading.find(name => !columnNameSchema.safeParse(name).success);
  if (odd !== undefined)
    throw new InputError(`input.source.csv: "${odd}" is no name for a column; use letters, digits and _`);
  if (new Set(heading.map(lowerCase)).size < heading.length)
    throw new InputError('input.source.csv: two columns have the same name');
  return { columns: heading, rowCount: rows.length };
}

function parseCsv(csv: string): string[][] {
  try {
    return parse(csv, { bom: true, skip_empty_lines: true }) as string[][];
  } catch (error) {
    const line = (error as { lines?: number }).lines;
    throw new InputError(`input.source.csv: line ${line ?? '?'} does not have as many values as the heading`);
  }
}

function factsOf(table: bigquery.ITable): SourceFacts {
  return {
    columns: columnsOf(table.schema).map(({ name }) => name),
    rowCount: table.numRows === undefined ? undefined : Number(table.numRows),
  };
}

function notSelect(): Error {
  return withCode<Error, MlModelsErrorCode>(
    new InputError('input.source.query: only a SELECT can give the rows that a model is trained on'),
    'QUERY_NOT_SELECT',
  );
}
