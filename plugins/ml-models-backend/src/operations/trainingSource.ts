import type bigquery from '@google-cloud/bigquery/build/src/types';
import { InputError, NotAllowedError } from '@backstage/errors';
import { withCode } from '@leitstand/plugin-kit-common';
import {
  columnNameSchema,
  type DatasetRef,
  type MlModelsErrorCode,
  type TableRef,
  type TrainingSource,
} from '@leitstand/plugin-ml-models-common';
import type { Ownership } from '@leitstand/plugin-operations-node';
import { parse } from 'csv-parse/sync';
import type { BigQueryConnection } from '../client/BigQueryConnection';
import { columnsOf } from '../services/DatasetService';
import type { QueryService } from '../services/QueryService';
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
  ownership: Ownership;
  /** Of the model. */
  dataset: DatasetRef;
  signal: AbortSignal;
}

/**
 * Looks at a source; reads nothing that is billed.
 *
 * @throws InputError naming the field, or with code `QUERY_INVALID` or `QUERY_NOT_SELECT`; NotAllowedError when a query
 * reads what does not belong to those that the model's dataset is given to; UpstreamError
 */
export async function lookAtSource(source: TrainingSource, look: SourceLook): Promise<SourceFacts> {
  switch (source.kind) {
    case 'csv':
      return lookAtCsv(source.csv);
    case 'table': {
      const table = await findTable(look.connection, { ...look.dataset, table: source.table }, look.signal);
      if (!table) throw new InputError(`input.source.table: there is no table ${source.table} in the dataset`);
      return factsOf(table);
    }
    case 'query': {
      const options = { operation: 'estimate the query of the training', signal: look.signal };
      const dryRun = await look.queries.dryRun(look, { sql: source.query }, options);
      if (dryRun.statementType !== 'SELECT') throw notSelect();
      const foreign = dryRun.tables.find(table => !mayTrainOn(table, look));
      if (foreign) throw notYours(foreign);
      return { columns: dryRun.columns.map(({ name }) => name), rowCount: undefined };
    }
    default:
      throw new Error(`Unknown source ${String(source satisfies never)}`);
  }
}

/** The portal's account reads more than the person may: only data of the same dataset or the same owners make a model. */
function mayTrainOn(table: TableRef, { dataset, ownership }: SourceLook): boolean {
  if (table.project === dataset.project && table.dataset === dataset.dataset) return true;
  const owners = ownership.groupsOf({ project: dataset.project, dataset: dataset.dataset });
  return ownership.groupsOf({ project: table.project, dataset: table.dataset }).some(owner => owners.includes(owner));
}

/** @throws InputError naming the columns that are missing */
export function checkColumns(facts: SourceFacts, wanted: readonly string[]): void {
  const known = facts.columns.map(column => column.toLocaleLowerCase('en-US'));
  const missing = wanted.filter(column => !known.includes(column.toLocaleLowerCase('en-US')));
  if (missing.length > 0) {
    throw new InputError(`The data have no column ${missing.join(', ')}. There are ${facts.columns.join(', ')}.`);
  }
}

/** @throws InputError when it is no CSV with a heading line */
function lookAtCsv(csv: string): SourceFacts {
  const [heading, ...rows] = parseCsv(csv);
  if (!heading || rows.length === 0) throw new InputError('input.source.csv: a heading line and a row are needed');
  const odd = heading.find(name => !columnNameSchema.safeParse(name).success);
  if (odd !== undefined)
    throw new InputError(`input.source.csv: "${odd}" is no name for a column; use letters, digits and _`);
  if (new Set(heading).size < heading.length) throw new InputError('input.source.csv: two columns have the same name');
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

function notYours({ project, dataset }: TableRef): Error {
  return new NotAllowedError(
    `input.source.query: the query reads ${project}.${dataset}, which leitstand.ownership does not give to those that the dataset of the model is given to`,
  );
}

function notSelect(): Error {
  return withCode<Error, MlModelsErrorCode>(
    new InputError('input.source.query: only a SELECT can give the rows that a model is trained on'),
    'QUERY_NOT_SELECT',
  );
}
