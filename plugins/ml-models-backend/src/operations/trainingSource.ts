import type bigquery from '@google-cloud/bigquery/build/src/types';
import { InputError, NotAllowedError } from '@backstage/errors';
import { withCode } from '@leitstand/plugin-kit-common';
import {
  columnNameSchema,
  type DatasetRef,
  type TableRef,
  type MlModelsErrorCode,
  type TrainingSource,
} from '@leitstand/plugin-ml-models-common';
import type { PlanWarning } from '@leitstand/plugin-operations-common';
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
  /** What a query reads, also through views; of other sources nothing. */
  tables: TableRef[];
  /** Datasets that are used because an administrator asks, as `project.dataset`. */
  asAdministrator: string[];
}

type TableFacts = Omit<SourceFacts, 'asAdministrator' | 'tables'>;

/** How a source is looked at. */
export interface SourceLook {
  connection: BigQueryConnection;
  queries: QueryService;
  useOf: DataGrant;
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
    case 'csv': {
      const asAdministrator = checkUse([look.dataset], look);
      return { ...lookAtCsv(source.csv), tables: [], asAdministrator };
    }
    case 'table': {
      const asAdministrator = checkUse([look.dataset], look);
      const table = await findTable(look.connection, { ...look.dataset, table: source.table }, look.signal);
      if (!table) throw new InputError(`input.source.table: there is no table ${source.table} in the dataset`);
      return { ...factsOf(table), tables: [], asAdministrator };
    }
    case 'query':
      return lookAtQuery(source.query, look);
    default:
      throw new Error(`Unknown source ${String(source satisfies never)}`);
  }
}

async function lookAtQuery(query: string, look: SourceLook): Promise<SourceFacts> {
  assertNamesData(query);
  const models = modelsOf(query, look.connection.config.projectId);
  checkUse(models, look); // before upstream says anything of them
  const options = { operation: 'estimate the query of the training', signal: look.signal };
  const dryRun = await look.queries.dryRun(look, { sql: query }, options);
  if (dryRun.statementType !== 'SELECT') throw notSelect();
  if (dryRun.tables.length >= maxNamedTables) throw readsTooMany();
  const asAdministrator = checkUse([...models, ...dryRun.tables], look);
  const columns = dryRun.columns.map(({ name }) => name);
  return { columns, rowCount: undefined, tables: dryRun.tables, asAdministrator };
}

/**
 * What reads data without naming a table: metadata of others, other systems, names that are spelt with escapes.
 *
 * Source: {@link https://cloud.google.com/bigquery/docs/reference/rest/v2/Job#JobStatistics2} (`referencedTables`)
 */
const unnamed = /\bINFORMATION_SCHEMA\b|\bEXTERNAL_QUERY\b|\b__TABLES(?:_SUMMARY)?__|`[^`\n]*\\/i;
/** Of a query that reads more tables BigQuery names only so many. */
const maxNamedTables = 50;

/** @throws InputError */
function assertNamesData(query: string): void {
  if (!unnamed.test(maskSql(query, 'names'))) return;
  throw new InputError(
    'input.source.query: a training reads tables by their plain names, not INFORMATION_SCHEMA or other systems',
  );
}

/** @returns which of the datasets are used because an administrator asks. @throws NotAllowedError */
function checkUse(read: ReadonlyArray<DatasetRef | undefined>, { useOf }: SourceLook): string[] {
  const asAdministrator = new Set<string>();
  for (const dataset of read) {
    const use = dataset ? useOf(dataset) : 'refused';
    const what = dataset ? `${dataset.project}.${dataset.dataset}` : 'a model whose name cannot be read';
    if (use === 'refused') {
      throw new NotAllowedError(
        `input.source: the training would use ${what}, which leitstand.ownership does not give to everybody who may act on the model`,
      );
    }
    if (use === 'as-administrator') asAdministrator.add(what);
  }
  return [...asAdministrator];
}

/** What a plan says of data that are used because an administrator asks. */
export function warningsOfUse({ asAdministrator }: SourceFacts): PlanWarning[] {
  return asAdministrator.map(dataset => ({
    severity: 'warning',
    message:
      `The training uses ${dataset}, which leitstand.ownership gives to nobody: you may, as an administrator. ` +
      'Whoever asks the model afterwards learns something of these data.',
  }));
}

/** Names of columns differ by more than case. @throws InputError naming those that are missing, or a label among the features */
export function checkColumns(
  { columns }: Pick<SourceFacts, 'columns'>,
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
function lookAtCsv(csv: string): TableFacts {
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

function factsOf(table: bigquery.ITable): TableFacts {
  return {
    columns: columnsOf(table.schema).map(({ name }) => name),
    rowCount: table.numRows === undefined ? undefined : Number(table.numRows),
  };
}

function readsTooMany(): Error {
  return new InputError(
    `input.source.query: of a query that reads ${maxNamedTables} tables or more BigQuery does not say which; read fewer, or make a table of them first`,
  );
}

function notSelect(): Error {
  return withCode<Error, MlModelsErrorCode>(
    new InputError('input.source.query: only a SELECT can give the rows that a model is trained on'),
    'QUERY_NOT_SELECT',
  );
}
