import { JsonClient, type JsonClientOptions } from '@leitstand/plugin-kit-common';
import {
  availableOperationsSchema,
  planSchema,
  runListSchema,
  runSchema,
  type AvailableOperation,
  type Plan,
  type PlanRequest,
  type Run,
  type RunList,
  type RunListQuery,
  type RunRequest,
} from './contract';

/** How a call may be ended early. */
export interface CallOptions {
  signal?: AbortSignal;
}

/** The door's routes, typed. All methods throw `ResponseError`; `errorCodeOf` reads its code. */
export class OperationsClient {
  readonly #client: JsonClient;

  constructor(options: Omit<JsonClientOptions, 'pluginId'>) {
    this.#client = new JsonClient({ ...options, pluginId: 'operations' });
  }

  /** Which operations there are for an entity, and why those that are not available are not. */
  async listAvailable(entityRef: string, options?: CallOptions): Promise<AvailableOperation[]> {
    const response = await this.#client.request({
      path: '/v1/operations',
      query: { entityRef },
      response: availableOperationsSchema,
      signal: options?.signal,
    });
    return response.items;
  }

  /** Finds out what an operation would change. Changes nothing upstream. */
  plan(request: PlanRequest, options?: CallOptions): Promise<Plan> {
    return this.#client.request({
      method: 'POST',
      path: '/v1/plans',
      body: request,
      response: planSchema,
      signal: options?.signal,
    });
  }

  getPlan(id: string, options?: CallOptions): Promise<Plan> {
    return this.#client.request({
      path: `/v1/plans/${encodeURIComponent(id)}`,
      response: planSchema,
      signal: options?.signal,
    });
  }

  /** Starts a plan; returns as soon as the run is recorded. */
  run(request: RunRequest, options?: CallOptions): Promise<Run> {
    return this.#client.request({
      method: 'POST',
      path: '/v1/runs',
      body: request,
      response: runSchema,
      signal: options?.signal,
    });
  }

  getRun(id: string, options?: CallOptions): Promise<Run> {
    return this.#client.request({
      path: `/v1/runs/${encodeURIComponent(id)}`,
      response: runSchema,
      signal: options?.signal,
    });
  }

  /** One page of the ledger, newest first. */
  listRuns(query: RunListQuery, options?: CallOptions): Promise<RunList> {
    return this.#client.request({ path: '/v1/runs', query, response: runListSchema, signal: options?.signal });
  }

  /** Asks a run to stop; what it has done upstream by then stays done, and the run says so. */
  cancelRun(id: string, options?: CallOptions): Promise<Run> {
    return this.#client.request({
      method: 'POST',
      path: `/v1/runs/${encodeURIComponent(id)}/cancel`,
      response: runSchema,
      signal: options?.signal,
    });
  }
}
