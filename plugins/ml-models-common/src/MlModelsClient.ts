import {
  connectionListSchema,
  JsonClient,
  type ConnectionList,
  type JsonClientOptions,
} from '@leitstand/plugin-kit-common';
import {
  datasetListSchema,
  queryEstimateSchema,
  tableListSchema,
  type DatasetList,
  type QueryEstimate,
  type QueryEstimateRequest,
  type TableList,
} from './data';
import { residualsSchema, type Residuals } from './evaluation';
import { jobListSchema, usageReportSchema, type JobList, type JobListQuery, type UsageReport } from './job';
import { modelListSchema, modelSchema, type Model, type ModelList, type ModelListQuery } from './model';
import type { DatasetRef, ModelRef } from './modelRef';
import {
  estimateSchema,
  featuresSchema,
  predictionsSchema,
  recentPredictionsSchema,
  type Estimate,
  type Features,
  type Predictions,
  type PredictRequest,
  type RecentPrediction,
} from './predict';
import { servingCallSchema, type ServingCall, type ServingCallRequest } from './serving';

/** How a call may be ended early. */
export interface CallOptions {
  signal?: AbortSignal;
}

function pathOf({ project, dataset, model }: ModelRef): string {
  return `/v1/models/${encodeURIComponent(project)}/${encodeURIComponent(dataset)}/${encodeURIComponent(model)}`;
}

/** The routes of the ml-models area, typed. All methods throw `ResponseError`; `errorCodeOf` reads its code. */
export class MlModelsClient {
  readonly #client: JsonClient;

  constructor(options: Omit<JsonClientOptions, 'pluginId'>) {
    this.#client = new JsonClient({ ...options, pluginId: 'ml-models' });
  }

  listModels(query: ModelListQuery = {}, { signal }: CallOptions = {}): Promise<ModelList> {
    return this.#client.request({ path: '/v1/models', query, response: modelListSchema, signal });
  }

  getModel(ref: ModelRef, { signal }: CallOptions = {}): Promise<Model> {
    return this.#client.request({ path: pathOf(ref), response: modelSchema, signal });
  }

  getFeatures(ref: ModelRef, { signal }: CallOptions = {}): Promise<Features> {
    return this.#client.request({ path: `${pathOf(ref)}/features`, response: featuresSchema, signal });
  }

  /** What a prediction would bill; runs nothing. */
  estimatePrediction(ref: ModelRef, body: PredictRequest, { signal }: CallOptions = {}): Promise<Estimate> {
    const path = `${pathOf(ref)}/prediction-estimates`;
    return this.#client.request({ method: 'POST', path, body, response: estimateSchema, signal });
  }

  predict(ref: ModelRef, body: PredictRequest, { signal }: CallOptions = {}): Promise<Predictions> {
    const path = `${pathOf(ref)}/predictions`;
    return this.#client.request({ method: 'POST', path, body, response: predictionsSchema, signal });
  }

  /** The caller's own, newest first. */
  async listRecentPredictions(ref: ModelRef, { signal }: CallOptions = {}): Promise<RecentPrediction[]> {
    const path = `${pathOf(ref)}/predictions`;
    return (await this.#client.request({ path, response: recentPredictionsSchema, signal })).items;
  }

  /** Predicted against actual values of the training table; a query that is billed. */
  getResiduals(ref: ModelRef, { signal }: CallOptions = {}): Promise<Residuals> {
    return this.#client.request({
      method: 'POST',
      path: `${pathOf(ref)}/residuals`,
      response: residualsSchema,
      signal,
    });
  }

  callServing(ref: ModelRef, body: ServingCallRequest, { signal }: CallOptions = {}): Promise<ServingCall> {
    const path = `${pathOf(ref)}/serving-calls`;
    return this.#client.request({ method: 'POST', path, body, response: servingCallSchema, signal });
  }

  listJobs(query: JobListQuery = {}, { signal }: CallOptions = {}): Promise<JobList> {
    return this.#client.request({ path: '/v1/jobs', query, response: jobListSchema, signal });
  }

  getUsage(month: string | undefined, { signal }: CallOptions = {}): Promise<UsageReport> {
    return this.#client.request({ path: '/v1/usage', query: { month }, response: usageReportSchema, signal });
  }

  listDatasets({ signal }: CallOptions = {}): Promise<DatasetList> {
    return this.#client.request({ path: '/v1/datasets', response: datasetListSchema, signal });
  }

  listTables({ project, dataset }: DatasetRef, { signal }: CallOptions = {}): Promise<TableList> {
    const path = `/v1/datasets/${encodeURIComponent(project)}/${encodeURIComponent(dataset)}/tables`;
    return this.#client.request({ path, response: tableListSchema, signal });
  }

  estimateQuery(body: QueryEstimateRequest, { signal }: CallOptions = {}): Promise<QueryEstimate> {
    const path = '/v1/queries/estimate';
    return this.#client.request({ method: 'POST', path, body, response: queryEstimateSchema, signal });
  }

  listConnections(options: CallOptions & { refresh?: boolean } = {}): Promise<ConnectionList> {
    return this.#client.request({
      path: '/v1/connections',
      query: { refresh: options.refresh ? 'true' : undefined },
      response: connectionListSchema,
      signal: options.signal,
    });
  }
}
