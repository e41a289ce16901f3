// https://cloud.google.com/bigquery/docs/reference/rest/v2/models
import { resourceOf } from '../ml';
import type { Training } from '../jobs/Trainings';
import type { Warehouse } from '../jobs/Warehouse';
import type { ResourceName } from '../model';
import { idOf, notFound, type ModelResource } from '../storage/resources';
import type { ApiRequest, Reply } from './ApiRequest';
import { requireWriter } from './callers';
import { pageOf } from './paging';
import { checkEtag, etagOf } from './respond';

function reference({ project, dataset, name }: ResourceName) {
  return { projectId: project, datasetId: dataset, modelId: name };
}

function summary({ catalog }: Warehouse, resource: ModelResource) {
  const { name, settings, createdAt, modifiedAt } = resource;
  return {
    etag: etagOf(resource),
    modelReference: reference(name),
    ...settings,
    creationTime: String(createdAt),
    lastModifiedTime: String(modifiedAt),
    location: catalog.dataset(name).location,
  };
}

/** `TrainingRun` of a model that is being trained: what is known so far. */
function runOf({ startedAt, iterations }: Training) {
  const results = iterations.map(({ evalLoss, learnRate, durationMs, ...result }) => ({
    ...result,
    durationMs: String(Math.round(durationMs)),
    ...(evalLoss !== null && { evalLoss }),
    ...(learnRate !== null && { learnRate }),
  }));
  return { startTime: new Date(startedAt).toISOString(), results };
}

function toJson(warehouse: Warehouse, resource: ModelResource): object {
  const training = warehouse.trainings.find(resource.name);
  const whole = { ...summary(warehouse, resource), ...resourceOf(resource.trained) };
  return training ? { ...whole, trainingRuns: [runOf(training)] } : whole;
}

/** A model that is trained for the first time is seen from its first iteration on, with nothing but its training. */
export function getModel({ params, warehouse }: ApiRequest): Reply {
  const { catalog, trainings } = warehouse;
  const { location } = catalog.dataset(params);
  const resource = catalog.findModel(params);
  if (resource) return toJson(warehouse, resource);
  const training = trainings.find(params);
  if (!training) throw notFound('Model', idOf(params));
  const time = String(training.startedAt);
  return {
    modelReference: reference(training.model),
    creationTime: time,
    lastModifiedTime: time,
    location,
    trainingRuns: [runOf(training)],
  };
}

export function listModels({ params, query, warehouse }: ApiRequest): Reply {
  const { name } = warehouse.catalog.dataset(params);
  const { items, nextPageToken } = pageOf(warehouse.catalog.listModels(name), query);
  const models = items.map(resource => {
    const { modelType } = resourceOf(resource.trained) as { modelType?: string };
    const { location: _location, etag: _etag, ...shown } = summary(warehouse, resource);
    return { ...shown, modelType };
  });
  return { ...(models.length > 0 && { models }), nextPageToken };
}

export async function patchModel({ params, body, caller, warehouse, exchange }: ApiRequest): Promise<Reply> {
  const resource = warehouse.catalog.model(params);
  requireWriter(caller, 'bigquery.models.updateMetadata', `Model ${idOf(resource.name)}`);
  checkEtag(exchange, etagOf(resource));
  return toJson(warehouse, await warehouse.catalog.patchModel(resource, body));
}

export async function deleteModel({ params, caller, warehouse, exchange }: ApiRequest): Promise<Reply> {
  const resource = warehouse.catalog.model(params);
  const { name } = resource;
  requireWriter(caller, 'bigquery.models.delete', `Model ${idOf(name)}`);
  checkEtag(exchange, etagOf(resource));
  await warehouse.catalog.dropModel(name);
  return undefined;
}
