import { JsonClient, type JsonClientOptions } from '@leitstand/plugin-kit-common';
import {
  workloadListSchema,
  workloadSchema,
  type Workload,
  type WorkloadList,
  type WorkloadListQuery,
} from './contract';
import type { WorkloadRef } from './workloadRef';

/** The rollouts area's routes, typed. All methods throw `ResponseError`. */
export class RolloutsClient {
  readonly #client: JsonClient;

  constructor(options: Omit<JsonClientOptions, 'pluginId'>) {
    this.#client = new JsonClient({ ...options, pluginId: 'rollouts' });
  }

  /** Workloads of all clusters that are read, worst health first. */
  listWorkloads(query: WorkloadListQuery, options?: { signal?: AbortSignal }): Promise<WorkloadList> {
    return this.#client.request({
      path: '/v1/workloads',
      query,
      response: workloadListSchema,
      signal: options?.signal,
    });
  }

  getWorkload(ref: WorkloadRef, options?: { signal?: AbortSignal }): Promise<Workload> {
    const [cluster, namespace, name] = [ref.cluster, ref.namespace, ref.name].map(encodeURIComponent);
    return this.#client.request({
      path: `/v1/clusters/${cluster}/namespaces/${namespace}/deployments/${name}`,
      response: workloadSchema,
      signal: options?.signal,
    });
  }
}
