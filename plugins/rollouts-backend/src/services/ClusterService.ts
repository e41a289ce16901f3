import type { Cluster, ClusterList } from '@leitstand/plugin-rollouts-common';
import { isExcluded } from '../config';
import { ChangeCache } from '../lib/ChangeCache';
import { clusterOf, clusterSummaryOf } from '../model/cluster';
import { isProblem } from '../model/health';
import type { ClusterReader } from '../reflector/ClusterReader';
import type { ClusterReaders } from './ClusterReaders';
import { isKnown, reasonOf, type Fleet } from './Fleet';

/** The clusters themselves: nodes, capacity, versions. */
export interface ClusterService {
  /** Never throws for one cluster. */
  list(options: { signal: AbortSignal }): Promise<ClusterList>;
  /**
   * @throws NotFoundError with code `CLUSTER_UNKNOWN` or `CLUSTER_NOT_READ`
   * @throws UpstreamError when nothing of the cluster was ever read
   */
  get(name: string, options: { signal: AbortSignal }): Promise<Cluster>;
}

/** Reads from the copies that {@link ClusterReaders} keep; one computation a change for all who look. */
export class DefaultClusterService implements ClusterService {
  readonly #readers: ClusterReaders;
  readonly #fleet: Fleet;
  readonly #caches: ReadonlyMap<ClusterReader, ChangeCache<Cluster>>;

  private constructor(options: { readers: ClusterReaders; fleet: Fleet }) {
    this.#readers = options.readers;
    this.#fleet = options.fleet;
    this.#caches = new Map(
      options.readers.all.map(reader => [
        reader,
        new ChangeCache({ group: reader.forCluster, compute: () => this.#compute(reader) }),
      ]),
    );
  }

  static create(options: { readers: ClusterReaders; fleet: Fleet }): DefaultClusterService {
    return new DefaultClusterService(options);
  }

  async list(options: { signal: AbortSignal }): Promise<ClusterList> {
    const clusters = await Promise.all(this.#readers.all.map(reader => this.#read(reader, options.signal)));
    const unread = this.#readers.all.filter((_, index) => clusters[index] === undefined);
    return {
      items: clusters.flatMap(cluster => (cluster ? [clusterSummaryOf(cluster)] : [])),
      notRead: [...unread.map(reader => ({ name: reader.name, reason: reasonOf(reader) })), ...this.#readers.notRead],
    };
  }

  async get(name: string, options: { signal: AbortSignal }): Promise<Cluster> {
    const reader = this.#readers.get(name);
    const cluster = await this.#read(reader, options.signal);
    if (cluster) return cluster;
    throw reader.deployments.state.problem ?? new Error(`Cluster ${name} was not read`);
  }

  /** Undefined where nothing of the cluster could be read. */
  async #read(reader: ClusterReader, signal: AbortSignal): Promise<Cluster | undefined> {
    using _ = reader.forCluster.acquire();
    await reader.forCluster.settled(signal);
    if (!isKnown(reader) && !reader.nodes.state.observedAt) return undefined;
    const { freshness, missing } = reader.forCluster;
    return { ...this.#caches.get(reader)!.get(), freshness, missing };
  }

  #compute(reader: ClusterReader): Cluster {
    const { excludedNamespaces } = this.#readers.config;
    const { missing, freshness } = reader.forCluster;
    return clusterOf({
      name: reader.name,
      version: reader.version.state.objects.get('version'),
      nodes: [...reader.nodes.state.objects.values()],
      metrics: reader.nodeMetrics.state.objects,
      pods: [...reader.pods.state.objects.values()],
      namespaces: [...reader.namespaces.state.objects.values()],
      workloads: this.#fleet
        .ofCluster(reader)
        .map(({ summary }) => ({ namespace: summary.namespace, isProblem: isProblem(summary.health) })),
      isLeftOut: namespace => isExcluded(namespace, excludedNamespaces),
      missing,
      freshness,
    });
  }
}
