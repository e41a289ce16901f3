import { InputError, NotFoundError } from '@backstage/errors';
import { UpstreamError, withCode } from '@leitstand/plugin-kit-common';
import {
  workloadListQuerySchema,
  type RolloutsErrorCode,
  type RunningImages,
  type Workload,
  type WorkloadList,
  type WorkloadListQuery,
  type WorkloadRef,
} from '@leitstand/plugin-rollouts-common';
import { isProblem } from '../model/health';
import { runningImagesOf } from '../model/runningImages';
import { workloadOf } from '../model/workload';
import type { ClusterReader } from '../reflector/ClusterReader';
import type { ClusterReaders } from './ClusterReaders';
import type { Fleet } from './Fleet';
import type { SummaryEntry } from './WorkloadSummaries';
import { jobsOf, podsOf } from './workloadParts';

/** What runs on the clusters and how it is. Any number of readers cost a cluster what one does. */
export interface WorkloadService {
  /**
   * Workloads of all clusters that are read, worst health first, one page; never throws for one cluster.
   *
   * @throws InputError when the cursor is none of ours
   */
  list(query: WorkloadListQuery, options: { signal: AbortSignal }): Promise<WorkloadList>;
  /** Which versions of which images run where. */
  images(options: { signal: AbortSignal }): Promise<RunningImages>;
  /**
   * @throws NotFoundError with code `CLUSTER_UNKNOWN`, `CLUSTER_NOT_READ` or `WORKLOAD_NOT_FOUND`
   * @throws UpstreamError when the cluster was never read, or is not read now and the workload is not known
   */
  get(ref: WorkloadRef, options: { signal: AbortSignal }): Promise<Workload>;
}

/** Reads from the copies that {@link ClusterReaders} keep. */
export class DefaultWorkloadService implements WorkloadService {
  readonly #readers: ClusterReaders;
  readonly #fleet: Fleet;
  #images: { from: readonly SummaryEntry[]; items: RunningImages['items'] } = { from: [], items: [] };

  private constructor(options: { readers: ClusterReaders; fleet: Fleet }) {
    this.#readers = options.readers;
    this.#fleet = options.fleet;
  }

  static create(options: { readers: ClusterReaders; fleet: Fleet }): DefaultWorkloadService {
    return new DefaultWorkloadService(options);
  }

  async list(query: WorkloadListQuery, options: { signal: AbortSignal }): Promise<WorkloadList> {
    const { show, health, cluster, namespace, kind, text, entityRefs, cursor, limit } =
      workloadListQuerySchema.parse(query);
    const after = cursor === undefined ? '' : readCursor(cursor);
    const { entries, clusters, notRead } = await this.#fleet.read(options.signal);
    const wanted = text?.toLocaleLowerCase('en-US');
    const wantedRefs = entityRefs === undefined ? undefined : new Set(entityRefs.toLocaleLowerCase('en-US').split(','));
    const ofCluster = cluster === undefined ? entries : entries.filter(({ summary }) => summary.cluster === cluster);
    const found = ofCluster.filter(
      ({ summary, searchText }) =>
        (namespace === undefined || summary.namespace === namespace) &&
        (kind === undefined || summary.kind === kind) &&
        (wantedRefs === undefined || wantedRefs.has(summary.entityRef)) &&
        (wanted === undefined || searchText.includes(wanted)),
    );
    const now = Date.now();
    const shown = found.filter(
      ({ summary }) =>
        (show === 'all' || isProblem(summary.health, now)) && (health === undefined || summary.health.state === health),
    );
    const rest = after ? shown.filter(({ sortKey }) => sortKey > after) : shown;
    const page = rest.slice(0, limit);
    return {
      items: page.map(({ summary }) => summary),
      totalCount: shown.length,
      nextCursor: rest.length > page.length ? writeCursor(page[page.length - 1]) : undefined,
      healthCounts: countBy(found, ({ summary }) => summary.health.state),
      namespaces: [...new Set(ofCluster.map(({ summary }) => summary.namespace))].sort(),
      clusters,
      notRead,
    };
  }

  async images(options: { signal: AbortSignal }): Promise<RunningImages> {
    const { entries, clusters, notRead } = await this.#fleet.read(options.signal);
    if (this.#images.from !== entries) {
      this.#images = { from: entries, items: runningImagesOf(entries.map(({ summary }) => summary)) };
    }
    return { items: this.#images.items, clusters, notRead };
  }

  async get(ref: WorkloadRef, options: { signal: AbortSignal }): Promise<Workload> {
    const reader = this.#readers.get(ref.cluster);
    const group = reader.forWorkload(ref.namespace);
    using _ = group.acquire();
    await group.settled(options.signal);
    return readWorkload(reader, ref);
  }
}

/**
 * One workload out of a cluster's copy, which must be settled.
 *
 * @throws NotFoundError with code `WORKLOAD_NOT_FOUND` only while the cluster is really read; else the UpstreamError
 */
export function readWorkload(reader: ClusterReader, ref: WorkloadRef): Workload {
  const workload = reader.findWorkload(ref.kind, ref);
  if (!workload) {
    const { status, problem } = reader.workloads[ref.kind].state;
    if (status !== 'live') throw problem ?? notReadNow(ref.cluster);
    throw withCode<Error, RolloutsErrorCode>(
      new NotFoundError(`There is no ${ref.kind} ${ref.namespace}/${ref.name} on cluster ${ref.cluster}.`),
      'WORKLOAD_NOT_FOUND',
    );
  }
  const { namespace, name } = ref;
  const replicaSets = ref.kind === 'Deployment' ? reader.replicaSetsByOwner.get(workload.metadata.uid) : [];
  const jobs = jobsOf(reader, workload);
  const pods = podsOf(reader, workload);
  const autoscaler = reader.autoscalersByNamespace
    .get(namespace)
    .find(({ spec }) => spec.scaleTargetRef.kind === ref.kind && spec.scaleTargetRef.name === name);
  const uids = [workload, ...replicaSets, ...jobs, ...pods, ...(autoscaler ? [autoscaler] : [])].map(
    ({ metadata }) => metadata.uid,
  );
  const { missing, freshness } = reader.forWorkload(namespace);
  return workloadOf({
    cluster: reader.name,
    workload,
    replicaSets,
    jobs,
    pods,
    events: uids.flatMap(uid => reader.eventsByObject.get(uid)),
    metrics: reader.podMetrics(namespace).state.objects,
    network: {
      services: reader.servicesByNamespace.get(namespace),
      endpointSlices: reader.endpointSlicesByNamespace.get(namespace),
      ingresses: reader.ingressesByNamespace.get(namespace),
      nodeAddress: nodeAddressOf(reader),
    },
    autoscaler,
    missing,
    freshness,
  });
}

/** Where NodePorts answer: at any node, so the first will do. */
function nodeAddressOf(reader: ClusterReader): string | undefined {
  for (const { status } of reader.nodes.state.objects.values()) {
    const found = status.addresses.find(({ type }) => type === 'InternalIP');
    if (found) return found.address;
  }
  return undefined;
}

/** The server is shutting down, or has just begun to read. */
function notReadNow(cluster: string): UpstreamError {
  return new UpstreamError(`Cluster ${cluster} is not read at present. Try again in a moment.`, {
    code: 'UPSTREAM_UNREACHABLE',
    system: cluster,
    operation: 'list workloads',
  });
}

function writeCursor({ sortKey }: SummaryEntry): string {
  return Buffer.from(sortKey).toString('base64url');
}

function readCursor(cursor: string): string {
  const sortKey = Buffer.from(cursor, 'base64url').toString();
  if (sortKey.split('\0').length !== 5)
    throw new InputError('The cursor is none of this list. Start at its beginning.');
  return sortKey;
}

function countBy<TItem>(items: readonly TItem[], keyOf: (item: TItem) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const item of items) counts[keyOf(item)] = (counts[keyOf(item)] ?? 0) + 1;
  return counts;
}
