import type { WorkloadList } from '@leitstand/plugin-rollouts-common';
import { isExcluded } from '../config';
import type { ClusterReader } from '../reflector/ClusterReader';
import type { ClusterReaders } from './ClusterReaders';
import { WorkloadSummaries, type SummaryEntry } from './WorkloadSummaries';

/** Every workload of the clusters that could be read. */
export interface FleetState {
  /** In the list's order; the same array until something changed. */
  entries: readonly SummaryEntry[];
  clusters: WorkloadList['clusters'];
  notRead: WorkloadList['notRead'];
}

/** The rows of all clusters, computed once for everybody. */
export class Fleet {
  readonly #readers: ClusterReaders;
  readonly #summaries: ReadonlyMap<ClusterReader, WorkloadSummaries>;
  #merged: { from: readonly (readonly SummaryEntry[])[]; entries: readonly SummaryEntry[] } = { from: [], entries: [] };

  constructor(readers: ClusterReaders, options: { restMs?: number } = {}) {
    const isLeftOut = (namespace: string) => isExcluded(namespace, readers.config.excludedNamespaces);
    this.#readers = readers;
    this.#summaries = new Map(
      readers.all.map(reader => [reader, new WorkloadSummaries(reader, { isLeftOut, restMs: options.restMs })]),
    );
  }

  /** Reads all clusters; one that cannot be read is named with its reason. */
  async read(signal: AbortSignal): Promise<FleetState> {
    const readers = this.#readers.all;
    const leases = readers.map(reader => reader.forList.acquire());
    try {
      await Promise.all(readers.map(reader => reader.forList.settled(signal)));
      const known = readers.filter(isKnown);
      return {
        entries: this.#merge(known.map(reader => this.ofCluster(reader))),
        clusters: known.map(describeFreshness),
        notRead: [
          ...readers
            .filter(reader => !isKnown(reader))
            .map(reader => ({ name: reader.name, reason: reasonOf(reader) })),
          ...this.#readers.notRead,
        ],
      };
    } finally {
      leases.forEach(lease => lease[Symbol.dispose]());
    }
  }

  /** The rows of one cluster, which must be settled; in no particular order. */
  ofCluster(reader: ClusterReader): readonly SummaryEntry[] {
    return this.#summaries.get(reader)?.get() ?? [];
  }

  #merge(from: readonly (readonly SummaryEntry[])[]): readonly SummaryEntry[] {
    const isSame = from.length === this.#merged.from.length && from.every((part, i) => part === this.#merged.from[i]);
    if (!isSame) {
      const entries = from.flat().sort((a, b) => (a.sortKey < b.sortKey ? -1 : 1)); // keys are unique
      this.#merged = { from, entries };
    }
    return this.#merged.entries;
  }
}

/** Whether something was read of the cluster; the rest is missing. */
export function isKnown(reader: ClusterReader): boolean {
  return Object.values(reader.workloads).some(({ state }) => state.observedAt !== undefined);
}

/** Why nothing was read of a cluster. */
export function reasonOf(reader: ClusterReader): string {
  return reader.deployments.state.problem?.message ?? 'Not read yet.';
}

function describeFreshness(reader: ClusterReader): WorkloadList['clusters'][number] {
  const { missing, freshness } = reader.forList;
  return { cluster: reader.name, ...freshness, ...(missing.length > 0 ? { missing } : {}) };
}
