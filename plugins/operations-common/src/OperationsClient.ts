import { JsonClient, type JsonClientOptions } from '@leitstand/plugin-kit-common';
import type { ApproveRequest, BreakGlassRequest, RejectRequest } from './approval';
import { availableOperationsSchema, type AvailableOperation } from './availability';
import { freezeListSchema, freezeSchema, type Freeze, type FreezeListQuery, type FreezeRequest } from './freeze';
import { planSchema, type Plan, type PlanRequest } from './plan';
import {
  runListSchema,
  runPermissionsSchema,
  runSchema,
  type Run,
  type RunExportQuery,
  type RunList,
  type RunListQuery,
  type RunPermissions,
  type RunRequest,
} from './run';

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

  /** Everything that fits, oldest first, as CSV or JSON Lines; the body is a stream. */
  exportRuns(query: RunExportQuery, options?: CallOptions): Promise<Response> {
    return this.#client.open({ path: '/v1/runs/export', query, signal: options?.signal });
  }

  /** Runs that wait for this person's yes or no. */
  listApprovals(options?: CallOptions): Promise<RunList> {
    return this.#client.request({ path: '/v1/approvals', response: runListSchema, signal: options?.signal });
  }

  /** What this person may do with a run now. */
  getRunPermissions(id: string, options?: CallOptions): Promise<RunPermissions> {
    return this.#client.request({
      path: `/v1/runs/${encodeURIComponent(id)}/permissions`,
      response: runPermissionsSchema,
      signal: options?.signal,
    });
  }

  approveRun(id: string, request: ApproveRequest = {}, options?: CallOptions): Promise<Run> {
    return this.#act(id, 'approve', { body: request, ...options });
  }

  rejectRun(id: string, request: RejectRequest, options?: CallOptions): Promise<Run> {
    return this.#act(id, 'reject', { body: request, ...options });
  }

  /** Lets a run that waits or is held begin at once; the ledger says who did and why. */
  breakGlass(id: string, request: BreakGlassRequest, options?: CallOptions): Promise<Run> {
    return this.#act(id, 'break-glass', { body: request, ...options });
  }

  /** Asks a run to stop. What it has done upstream is taken back where its operation can, and the run says so. */
  cancelRun(id: string, options?: CallOptions): Promise<Run> {
    return this.#act(id, 'cancel', { ...options });
  }

  /** Plans afresh what would take a run back; the plan is run like any other. */
  planUndo(runId: string, options?: CallOptions): Promise<Plan> {
    return this.#client.request({
      method: 'POST',
      path: `/v1/runs/${encodeURIComponent(runId)}/undo-plan`,
      response: planSchema,
      signal: options?.signal,
    });
  }

  async listFreezes(query: FreezeListQuery = {}, options?: CallOptions): Promise<Freeze[]> {
    const response = await this.#client.request({
      path: '/v1/freezes',
      query,
      response: freezeListSchema,
      signal: options?.signal,
    });
    return response.items;
  }

  createFreeze(request: FreezeRequest, options?: CallOptions): Promise<Freeze> {
    return this.#client.request({
      method: 'POST',
      path: '/v1/freezes',
      body: request,
      response: freezeSchema,
      signal: options?.signal,
    });
  }

  /** Ends a freeze before its time; it stays on record. */
  endFreeze(id: string, options?: CallOptions): Promise<Freeze> {
    return this.#client.request({
      method: 'POST',
      path: `/v1/freezes/${encodeURIComponent(id)}/end`,
      response: freezeSchema,
      signal: options?.signal,
    });
  }

  #act(id: string, verb: string, call: { body?: unknown; signal?: AbortSignal }): Promise<Run> {
    return this.#client.request({
      method: 'POST',
      path: `/v1/runs/${encodeURIComponent(id)}/${verb}`,
      response: runSchema,
      ...call,
    });
  }
}
