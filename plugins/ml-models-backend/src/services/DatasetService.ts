import type bigquery from '@google-cloud/bigquery/build/src/types';
import {
  datasetRefSchema,
  tableRefSchema,
  type Column,
  type DatasetList,
  type DatasetRef,
  type TableList,
  type TableRef,
} from '@leitstand/plugin-ml-models-common';
import { findResource } from '../client/findResource';
import { pagesOf } from '../client/pagesOf';
import { eachLimited } from '../lib/eachLimited';
import type { BigQueryConnections, ReadConnection } from './BigQueryConnections';

/** How old lists may be, in milliseconds. */
const listAgeMs = 15_000;
const concurrency = 8;
/** Most tables of a dataset that are listed: each is a request. */
const maxTableCount = 1_000;

/** A dataset as a list has it. */
export interface ListedDataset {
  ref: DatasetRef;
  location: string;
  labels: Record<string, string>;
}

/** Datasets and tables, for pickers and for the catalogue. */
export class DatasetService {
  readonly #connections: BigQueryConnections;

  constructor(connections: BigQueryConnections) {
    this.#connections = connections;
  }

  /** @throws UpstreamError when a connection was never read */
  async list(): Promise<DatasetList> {
    const lists = await Promise.all(
      this.#connections.all.map(async source => {
        const { value } = await this.read(source);
        return value.map(({ ref, location }) => ({ ...ref, location, connection: source.connection.name }));
      }),
    );
    return { items: lists.flat() };
  }

  /** Those of one connection. @throws UpstreamError when they were never read */
  read(source: ReadConnection) {
    return source.reads.get('datasets', { maxAgeMs: listAgeMs, read: signal => listDatasets(source, signal) });
  }

  /** @throws NotFoundError with code `PROJECT_NOT_CONNECTED`; UpstreamError */
  async listTables(ref: DatasetRef): Promise<TableList> {
    const source = this.#connections.ofProject(ref.project);
    const { value } = await source.reads.get(`tables ${ref.project}.${ref.dataset}`, {
      maxAgeMs: listAgeMs,
      read: signal => listTables(source, ref, signal),
    });
    return value;
  }
}

/** All datasets of a connection's projects that the portal can name. @throws UpstreamError */
export async function listDatasets({ connection }: ReadConnection, signal: AbortSignal): Promise<ListedDataset[]> {
  const datasets: ListedDataset[] = [];
  for (const project of connection.config.projects) {
    const operation = `list the datasets of ${project}`;
    const request = { operation, project, path: '/datasets', answerHas: 'kind', signal };
    for await (const page of pagesOf<bigquery.IDatasetList>(connection, request)) {
      for (const { datasetReference, location = '', labels = {} } of page.datasets ?? []) {
        const parsed = datasetRefSchema.safeParse({ project, dataset: datasetReference?.datasetId });
        if (parsed.success) datasets.push({ ref: parsed.data, location, labels });
      }
    }
  }
  return datasets;
}

async function listTables(source: ReadConnection, dataset: DatasetRef, signal: AbortSignal): Promise<TableList> {
  const refs: Array<{ ref: TableRef; type: string }> = [];
  const request = {
    operation: `list the tables of ${dataset.project}.${dataset.dataset}`,
    project: dataset.project,
    path: `/datasets/${encodeURIComponent(dataset.dataset)}/tables`,
    answerHas: 'kind',
    signal,
  };
  for await (const page of pagesOf<bigquery.ITableList>(source.connection, request)) {
    for (const { tableReference, type = 'TABLE' } of page.tables ?? []) {
      const parsed = tableRefSchema.safeParse({ ...dataset, table: tableReference?.tableId });
      if (parsed.success) refs.push({ ref: parsed.data, type });
    }
    if (refs.length >= maxTableCount) break;
  }
  const tables = await eachLimited(refs.slice(0, maxTableCount), concurrency, async ({ ref, type }) => {
    const table = await readTable(source, ref, signal);
    return table && { ref, type, rowCount: table.rowCount, columns: table.columns };
  });
  return { items: tables.filter(table => table !== undefined) };
}

/** Columns and number of rows of a table; undefined where it is gone since it was listed. @throws UpstreamError */
async function readTable(
  { connection }: ReadConnection,
  ref: TableRef,
  signal: AbortSignal,
): Promise<{ columns: Column[]; rowCount: number | undefined } | undefined> {
  const table = await findResource<bigquery.ITable>(connection, {
    operation: `get the table ${ref.project}.${ref.dataset}.${ref.table}`,
    project: ref.project,
    path: `/datasets/${encodeURIComponent(ref.dataset)}/tables/${encodeURIComponent(ref.table)}`,
    signal,
  });
  return (
    table && {
      columns: columnsOf(table.schema),
      rowCount: table.numRows === undefined ? undefined : Number(table.numRows),
    }
  );
}

/** The legacy names of types in table schemas, by those of GoogleSQL. */
const standardTypes: Record<string, string> = { INTEGER: 'INT64', FLOAT: 'FLOAT64', BOOLEAN: 'BOOL', RECORD: 'STRUCT' };

/** Columns of a table or of a query's result, with GoogleSQL's names of types. */
export function columnsOf(schema: bigquery.ITableSchema | undefined): Column[] {
  return (schema?.fields ?? []).map(({ name = '', type = '', mode }) => {
    const standard = standardTypes[type] ?? type;
    return { name, type: mode === 'REPEATED' ? `ARRAY<${standard}>` : standard };
  });
}
