import { NotFoundError } from '@backstage/errors';
import { UpstreamError, withCode } from '@leitstand/plugin-kit-common';
import {
  workloadListQuerySchema,
  type Freshness,
  type RolloutsErrorCode,
  type Workload,
  type WorkloadList,
  type WorkloadListQuery,
  type WorkloadRef,
  type WorkloadSummary,
} from '@leitstand/plugin-rollouts-common';
import { isExcluded } from '../config';
import { discoveredEntityRefOf } from '../model/discoveredEntity';
import { healthOf, healthOrder, isProblem } from '../model/health';
import type { Deployment, KubernetesPod } from '../model/kubernetesObjects';
import { imagesOf, workloadOf } from '../model/workload';
import type { ClusterReader } from '../reflector/ClusterReader';
import type { ClusterReaders } from './ClusterReaders';

/** What runs on the clusters and how it is. Any number of readers cost a cluster what one does. */
export interface WorkloadService {
  /** Workloads of all clusters that are read, worst health first; never throws for one cluster. */
  list(query: WorkloadListQuery, options: { signal: AbortSignal }): Promise<WorkloadList>;
  /**
   * @throws NotFoundError with code `CLUSTER_UNKNOWN`, `CLUSTER_NOT_READ` or `WORKLOAD_NOT_FOUND`
   * @throws UpstreamError when the cluster was never read, or is not read now and the workload is not known
   */
  get(ref: WorkloadRef, options: { signal: AbortSignal }): Promise<Workload>;
}

/** Reads from the copies that {@link ClusterReaders} keep. */
export class DefaultWorkloadService implements WorkloadService {
  readonly #readers: ClusterReaders;

  private constructor(readers: ClusterReaders) {
    this.#readers = readers;
  }

  static create(options: { readers: ClusterReaders }): DefaultWorkloadService {
    return new DefaultWorkloadService(options.readers);
  }

  async list(query: WorkloadListQuery, options: { signal: AbortSignal }): Promise<WorkloadList> {
    const { show, limit } = workloadListQuerySchema.parse(query);
    const readers = this.#readers.all;
    const leases = readers.map(reader => reader.acquire());
    try {
      await Promise.all(readers.map(reader => reader.settled(options.signal)));
      const known = readers.filter(reader => reader.deployments.state.observedAt);
      const items = known
        .flatMap(reader => this.#summaries(reader))
        .filter(item => show === 'all' || isProblem(item.health))
        .sort(compareSummaries);
      return {
        items: items.slice(0, limit),
        totalCount: items.length,
        clusters: known.map(reader => ({ cluster: reader.name, ...freshnessOf(reader) })),
        notRead: [
          ...readers
            .filter(reader => !known.includes(reader))
            .map(({ name, deployments }) => ({ name, reason: deployments.state.problem?.message ?? 'Not read yet.' })),
          ...this.#readers.notRead,
        ],
      };
    } finally {
      leases.forEach(lease => lease[Symbol.dispose]());
    }
  }

  async get(ref: WorkloadRef, options: { signal: AbortSignal }): Promise<Workload> {
    const reader = this.#readers.get(ref.cluster);
    const lease = reader.acquire();
    try {
      await reader.settled(options.signal);
      return readWorkload(reader, ref);
    } finally {
      lease[Symbol.dispose]();
    }
  }

  #summaries(reader: ClusterReader): WorkloadSummary[] {
    return [...reader.deployments.state.objects.values()]
      .filter(({ metadata }) => !isExcluded(metadata.namespace, this.#readers.config.excludedNamespaces))
      .map(deployment => ({
        cluster: reader.name,
        namespace: deployment.metadata.namespace,
        kind: 'Deployment',
        name: deployment.metadata.name,
        entityRef: discoveredEntityRefOf(reader.name, deployment),
        health: healthOf(deployment, podsOf(reader, deployment)),
        images: imagesOf(deployment),
        replicas: { desired: deployment.spec.replicas, ready: deployment.status.readyReplicas },
      }));
  }
}

/**
 * One workload out of a cluster's copy, which must be settled.
 *
 * @throws NotFoundError with code `WORKLOAD_NOT_FOUND` only while the cluster is really read; else the UpstreamError
 */
export function readWorkload(reader: ClusterReader, ref: WorkloadRef): Workload {
  const deployment = reader.findDeployment(ref.namespace, ref.name);
  if (!deployment) {
    const { status, problem } = reader.deployments.state;
    if (status !== 'live') throw problem ?? notReadNow(ref.cluster);
    throw withCode<Error, RolloutsErrorCode>(
      new NotFoundError(`There is no Deployment ${ref.namespace}/${ref.name} on cluster ${ref.cluster}.`),
      'WORKLOAD_NOT_FOUND',
    );
  }
  const replicaSets = reader.replicaSetsByOwner.get(deployment.metadata.uid);
  const pods = podsOf(reader, deployment);
  const uids = [deployment, ...replicaSets, ...pods].map(({ metadata }) => metadata.uid);
  return workloadOf({
    cluster: reader.name,
    deployment,
    replicaSets,
    pods,
    events: uids.flatMap(uid => reader.eventsByObject.get(uid)),
    freshness: freshnessOf(reader),
  });
}

function podsOf(reader: ClusterReader, deployment: Deployment): KubernetesPod[] {
  return reader.replicaSetsByOwner
    .get(deployment.metadata.uid)
    .flatMap(replicaSet => reader.podsByOwner.get(replicaSet.metadata.uid));
}

/** The server is shutting down, or has just begun to read. */
function notReadNow(cluster: string): UpstreamError {
  return new UpstreamError(`Cluster ${cluster} is not read at present. Try again in a moment.`, {
    code: 'UPSTREAM_UNREACHABLE',
    system: cluster,
    operation: 'list deployments',
  });
}

/** The oldest of what is stale; otherwise the newest word from the cluster. */
function freshnessOf(reader: ClusterReader): Freshness {
  const states = reader.reflectors.map(({ state }) => state);
  const times = (of: typeof states) => of.flatMap(({ observedAt }) => (observedAt ? [observedAt.getTime()] : []));
  const stale = states.filter(({ status }) => status !== 'live');
  if (stale.length === 0) return { observedAt: new Date(Math.max(...times(states))).toISOString(), isStale: false };
  const staleTimes = times(stale);
  const observedAt = staleTimes.length > 0 ? Math.min(...staleTimes) : Math.max(...times(states));
  const problem = stale.map(state => state.problem).find(candidate => candidate !== undefined);
  return {
    observedAt: new Date(observedAt).toISOString(),
    isStale: true,
    ...(problem ? { problem: { code: problem.code, message: problem.message } } : {}),
  };
}

function compareSummaries(a: WorkloadSummary, b: WorkloadSummary): number {
  return (
    healthOrder.indexOf(a.health.state) - healthOrder.indexOf(b.health.state) ||
    a.cluster.localeCompare(b.cluster) ||
    a.namespace.localeCompare(b.namespace) ||
    a.name.localeCompare(b.name)
  );
}
