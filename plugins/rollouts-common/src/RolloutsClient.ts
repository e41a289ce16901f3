import {
  JsonClient,
  providerListSchema,
  type JsonClientOptions,
  type ProviderList,
} from '@leitstand/plugin-kit-common';
import { clusterListSchema, clusterSchema, type Cluster, type ClusterList } from './cluster';
import { decodePodLog } from './decodePodLog';
import {
  runningImagesSchema,
  workloadListSchema,
  type RunningImages,
  type WorkloadList,
  type WorkloadListQuery,
} from './fleet';
import type { PodLogLine, PodLogQuery, PodRef } from './podLog';
import { workloadSchema, type Workload } from './workload';
import type { WorkloadRef } from './workloadRef';

/** How a call may be ended early. */
export interface CallOptions {
  signal?: AbortSignal;
}

/** The rollouts area's routes, typed. All methods throw `ResponseError`. */
export class RolloutsClient {
  readonly #client: JsonClient;

  constructor(options: Omit<JsonClientOptions, 'pluginId'>) {
    this.#client = new JsonClient({ ...options, pluginId: 'rollouts' });
  }

  /** Workloads of all clusters that are read, worst health first, one page. */
  listWorkloads(query: WorkloadListQuery, options?: CallOptions): Promise<WorkloadList> {
    return this.#client.request({
      path: '/v1/workloads',
      query,
      response: workloadListSchema,
      signal: options?.signal,
    });
  }

  getWorkload(ref: WorkloadRef, options?: CallOptions): Promise<Workload> {
    const [cluster, namespace, kind, name] = [ref.cluster, ref.namespace, ref.kind, ref.name].map(encodeURIComponent);
    return this.#client.request({
      path: `/v1/clusters/${cluster}/namespaces/${namespace}/workloads/${kind}/${name}`,
      response: workloadSchema,
      signal: options?.signal,
    });
  }

  /**
   * What a container wrote, as it comes in; with `follow` until the container, the connection or the reader ends it.
   *
   * @param query - what to read of the container's log; see {@link podLogQuerySchema} for what is left out
   */
  async *streamPodLog(pod: PodRef, query: PodLogQuery, options?: CallOptions): AsyncGenerator<PodLogLine[]> {
    const [cluster, namespace, name] = [pod.cluster, pod.namespace, pod.pod].map(encodeURIComponent);
    const { body } = await this.#client.open({
      path: `/v1/clusters/${cluster}/namespaces/${namespace}/pods/${name}/log`,
      query,
      signal: options?.signal,
    });
    if (body) yield* decodePodLog(body);
  }

  /** Which versions of which images run where. */
  listImages(options?: CallOptions): Promise<RunningImages> {
    return this.#client.request({ path: '/v1/images', response: runningImagesSchema, signal: options?.signal });
  }

  listClusters(options?: CallOptions): Promise<ClusterList> {
    return this.#client.request({ path: '/v1/clusters', response: clusterListSchema, signal: options?.signal });
  }

  getCluster(name: string, options?: CallOptions): Promise<Cluster> {
    return this.#client.request({
      path: `/v1/clusters/${encodeURIComponent(name)}`,
      response: clusterSchema,
      signal: options?.signal,
    });
  }

  /** What the catalogue's provider last did, one entry a cluster. */
  listProviders(options?: CallOptions): Promise<ProviderList> {
    return this.#client.request({ path: '/v1/providers', response: providerListSchema, signal: options?.signal });
  }
}
