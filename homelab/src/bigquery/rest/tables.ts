// https://cloud.google.com/bigquery/docs/reference/rest/v2/tables
import { BigQueryError, type ResourceName } from '../model';
import type { Warehouse } from '../jobs/Warehouse';
import { readFields } from '../storage/columnTypes';
import { tableBytes } from '../storage/logicalBytes';
import { idOf, type TableResource } from '../storage/resources';
import type { ApiRequest, Reply } from './ApiRequest';
import { requireWriter } from './callers';
import { pageOf } from './paging';
import { checkEtag, etagOf } from './respond';

function reference({ project, dataset, name }: ResourceName) {
  return { projectId: project, datasetId: dataset, tableId: name };
}

async function toJson({ catalog, rows, database }: Warehouse, resource: TableResource): Promise<object> {
  const { name, fields, settings } = resource;
  const sizeBytes = String(await tableBytes(database, name, fields));
  return {
    kind: 'bigquery#table',
    etag: etagOf(resource),
    id: idOf(name),
    tableReference: reference(name),
    ...settings,
    schema: { fields },
    numBytes: sizeBytes,
    numLongTermBytes: '0',
    numRows: String(await rows.count(name)),
    numTotalLogicalBytes: sizeBytes,
    creationTime: String(resource.createdAt),
    lastModifiedTime: String(resource.modifiedAt),
    type: 'TABLE',
    location: catalog.dataset(name).location,
  };
}

export async function getTable({ params, warehouse }: ApiRequest): Promise<Reply> {
  return toJson(warehouse, warehouse.catalog.table(params));
}

export function listTables({ params, query, warehouse }: ApiRequest): Reply {
  const { name: dataset } = warehouse.catalog.dataset(params);
  const all = warehouse.catalog.listTables(dataset);
  const { items, nextPageToken } = pageOf(all, query);
  const tables = items.map(({ name, settings, createdAt }) => ({
    kind: 'bigquery#table',
    id: idOf(name),
    tableReference: reference(name),
    type: 'TABLE',
    labels: settings.labels,
    friendlyName: settings.friendlyName,
    creationTime: String(createdAt),
    expirationTime: settings.expirationTime,
  }));
  return { kind: 'bigquery#tableList', ...(tables.length > 0 && { tables }), nextPageToken, totalItems: all.length };
}

/** What a table may have that the homelab does not model, and would answer wrongly with. */
const refused = [
  'view',
  'materializedView',
  'externalDataConfiguration',
  'timePartitioning',
  'rangePartitioning',
  'snapshotDefinition',
];

export async function insertTable({ params, body, caller, warehouse }: ApiRequest): Promise<Reply> {
  const { tableId } = (body.tableReference ?? {}) as { tableId?: unknown };
  if (typeof tableId !== 'string') {
    throw new BigQueryError('Required parameter is missing', { reason: 'invalid', location: 'tableId' });
  }
  const unknown = refused.find(key => body[key] !== undefined);
  if (unknown) {
    const message = `The homelab does not model tables with ${unknown}`;
    throw new BigQueryError(message, { status: 501, reason: 'notImplemented', location: unknown });
  }
  const { catalog } = warehouse;
  const { name: dataset } = catalog.dataset(params);
  requireWriter(caller, 'bigquery.tables.create', `Dataset ${idOf(dataset)}`);
  const name = { ...dataset, name: tableId };
  const fields = readFields((body.schema as { fields?: unknown } | undefined)?.fields);
  await catalog.createTable(name, fields, { input: body });
  return toJson(warehouse, catalog.table(name));
}

export async function patchTable({ params, body, caller, warehouse, exchange }: ApiRequest): Promise<Reply> {
  const resource = warehouse.catalog.table(params);
  requireWriter(caller, 'bigquery.tables.update', `Table ${idOf(resource.name)}`);
  checkEtag(exchange, etagOf(resource));
  if (
    body.schema !== undefined &&
    JSON.stringify(readFields((body.schema as { fields?: unknown }).fields)) !== JSON.stringify(resource.fields)
  ) {
    const message = 'The homelab does not model changes of the schema of a table';
    throw new BigQueryError(message, { status: 501, reason: 'notImplemented', location: 'schema' });
  }
  return toJson(warehouse, await warehouse.catalog.patchTable(resource, body));
}

export async function deleteTable({ params, caller, warehouse, exchange }: ApiRequest): Promise<Reply> {
  const resource = warehouse.catalog.table(params);
  const { name } = resource;
  requireWriter(caller, 'bigquery.tables.delete', `Table ${idOf(name)}`);
  checkEtag(exchange, etagOf(resource));
  await warehouse.catalog.dropTable(name);
  return undefined;
}
