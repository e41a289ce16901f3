// https://cloud.google.com/bigquery/docs/reference/rest/v2/datasets
import { BigQueryError } from '../model';
import { idOf, type DatasetResource } from '../storage/resources';
import type { ApiRequest, Reply } from './ApiRequest';
import { requireWriter } from './callers';
import { pageOf } from './paging';
import { checkEtag, etagOf } from './respond';

function reference({ name: { project, dataset } }: DatasetResource) {
  return { projectId: project, datasetId: dataset };
}

function toJson(resource: DatasetResource): object {
  return {
    kind: 'bigquery#dataset',
    etag: etagOf(resource),
    id: idOf(resource.name),
    datasetReference: reference(resource),
    ...resource.settings,
    creationTime: String(resource.createdAt),
    lastModifiedTime: String(resource.modifiedAt),
    location: resource.location,
    type: 'DEFAULT',
    access: [{ role: 'OWNER', specialGroup: 'projectOwners' }],
  };
}

export function getDataset({ params, warehouse }: ApiRequest): Reply {
  return toJson(warehouse.catalog.dataset(params));
}

/** With `filter=labels.<key>[:<value>]` only those that carry the label. */
export function listDatasets({ params, query, warehouse }: ApiRequest): Reply {
  const [, key, value] = /^labels\.([^:]+)(?::(.*))?$/.exec(query.get('filter') ?? '') ?? [];
  const all = warehouse.catalog.listDatasets(params.project).filter(({ settings: { labels = {} } }) => {
    return key === undefined || (key in labels && (value === undefined || labels[key] === value));
  });
  const { items, nextPageToken } = pageOf(all, query);
  const datasets = items.map(resource => ({
    kind: 'bigquery#dataset',
    id: idOf(resource.name),
    datasetReference: reference(resource),
    labels: resource.settings.labels,
    friendlyName: resource.settings.friendlyName,
    location: resource.location,
  }));
  return { kind: 'bigquery#datasetList', ...(datasets.length > 0 && { datasets }), nextPageToken };
}

export async function insertDataset({ params, body, caller, warehouse }: ApiRequest): Promise<Reply> {
  const { datasetId } = (body.datasetReference ?? {}) as { datasetId?: unknown };
  if (typeof datasetId !== 'string') {
    throw new BigQueryError('Required parameter is missing', { reason: 'invalid', location: 'datasetId' });
  }
  requireWriter(caller, 'bigquery.datasets.create', `Project ${params.project}`);
  return toJson(await warehouse.catalog.createDataset({ project: params.project, dataset: datasetId }, body));
}

export async function patchDataset({ params, body, caller, warehouse, exchange }: ApiRequest): Promise<Reply> {
  const resource = warehouse.catalog.dataset(params);
  requireWriter(caller, 'bigquery.datasets.update', `Dataset ${idOf(resource.name)}`);
  checkEtag(exchange, etagOf(resource));
  return toJson(await warehouse.catalog.patchDataset(resource, body));
}

export async function deleteDataset({ params, query, caller, warehouse, exchange }: ApiRequest): Promise<Reply> {
  const resource = warehouse.catalog.dataset(params);
  const { name } = resource;
  requireWriter(caller, 'bigquery.datasets.delete', `Dataset ${idOf(name)}`);
  checkEtag(exchange, etagOf(resource));
  await warehouse.catalog.deleteDataset(name, { deleteContents: query.get('deleteContents') === 'true' });
  return undefined;
}
