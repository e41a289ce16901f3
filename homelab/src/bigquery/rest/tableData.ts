// https://cloud.google.com/bigquery/docs/reference/rest/v2/tabledata
import { coerceRecord } from '../load/coerce';
import { BigQueryError, type Value } from '../model';
import { idOf } from '../storage/resources';
import { rowOf } from '../storage/TableRows';
import type { ApiRequest, Reply } from './ApiRequest';
import { requireWriter } from './callers';
import { cellsOf } from './cells';
import { fitting, pageToken, readPage } from './paging';
import { etagOf } from './respond';

const maxPageRows = 100_000;

/** A page of a table's rows. */
export async function listTableData({ params, query, warehouse }: ApiRequest): Promise<Reply> {
  const resource = warehouse.catalog.table(params);
  const { name, fields } = resource;
  const { startIndex, maxResults } = readPage(query, maxPageRows);
  const columns = query.get('selectedFields')?.split(',');
  const unknown = columns?.find(column => !fields.some(field => field.name === column));
  if (unknown) throw new BigQueryError(`No such field: ${unknown}`, { reason: 'invalid', location: 'selectedFields' });
  const relation = await warehouse.rows.read(name, fields, {
    startIndex,
    maxResults: Math.min(maxResults, maxPageRows),
    columns,
  });
  const rows = fitting(
    cellsOf(relation, { useInt64Timestamp: query.get('formatOptions.useInt64Timestamp') === 'true' }),
  );
  const total = await warehouse.rows.count(name);
  const end = startIndex + rows.length;
  return {
    kind: 'bigquery#tableDataList',
    etag: etagOf(resource),
    totalRows: String(total),
    ...(rows.length > 0 && { rows }),
    ...(end < total && maxResults > 0 && { pageToken: pageToken(end) }),
  };
}

interface InsertedRow {
  insertId?: string;
  json?: Record<string, unknown>;
}

interface RowErrors {
  index: number;
  errors: { reason: string; location: string; debugInfo: string; message: string }[];
}

function rowError(index: number, reason: string, { message = '', location = '' } = {}): RowErrors {
  return { index, errors: [{ reason, location, debugInfo: '', message }] };
}

/** Adds rows. One bad row stops all others, unless `skipInvalidRows` is set. */
export async function insertAll({ params, body, caller, warehouse }: ApiRequest): Promise<Reply> {
  const { name, fields } = warehouse.catalog.table(params);
  requireWriter(caller, 'bigquery.tables.updateData', `Table ${idOf(name)}`);
  const rows = (body.rows ?? []) as InsertedRow[];
  if (rows.length === 0) throw new BigQueryError('No rows present in the request.', { reason: 'invalid' });
  const ignoreUnknownValues = body.ignoreUnknownValues === true;
  const good: { index: number; values: Value[] }[] = [];
  const insertErrors: RowErrors[] = [];
  rows.forEach(({ json = {} }, index) => {
    try {
      good.push({ index, values: rowOf(fields, coerceRecord(json, fields, { ignoreUnknownValues })) });
    } catch (error) {
      if (!(error instanceof BigQueryError)) throw error;
      insertErrors.push(rowError(index, 'invalid', error));
    }
  });
  const isStopped = insertErrors.length > 0 && body.skipInvalidRows !== true;
  if (isStopped) insertErrors.push(...good.map(({ index }) => rowError(index, 'stopped')));
  else if (good.length > 0) {
    await warehouse.rows.append(name, { fields, rows: good.map(({ values }) => values) });
    await warehouse.catalog.touchTable(name);
  }
  return { kind: 'bigquery#tableDataInsertAllResponse', ...(insertErrors.length > 0 && { insertErrors }) };
}
