import type { WorkloadSummary } from '@leitstand/plugin-rollouts-common';
import { ChangeCache } from '../lib/ChangeCache';
import { healthOrder } from '../model/health';
import { summaryOf, type SummaryParts } from '../model/summary';
import type { WorkloadObject } from '../model/workloadObjects';
import type { ClusterReader } from '../reflector/ClusterReader';
import { jobsOf, podsOf } from './workloadParts';

/** One row with what it is found and ordered by. */
export interface SummaryEntry {
  summary: WorkloadSummary;
  /** Text order is the list's order: worst health, then cluster, namespace, name, kind. */
  sortKey: string;
  /** Name, namespace and images in lower case. */
  searchText: string;
}

interface Memo {
  parts: SummaryParts;
  entry: SummaryEntry;
}

/** By the workload's uid. It holds the objects of the cluster, so it must not outlive their reading. */
type Memos = ReadonlyMap<string, Memo>;

/** The rows of one cluster. A row is computed again only when one of its objects changed. */
export class WorkloadSummaries {
  readonly #reader: ClusterReader;
  readonly #isLeftOut: (namespace: string) => boolean;
  readonly #cache: ChangeCache<{ memos: Memos; entries: readonly SummaryEntry[] }>;

  constructor(reader: ClusterReader, options: { isLeftOut: (namespace: string) => boolean; restMs?: number }) {
    this.#reader = reader;
    this.#isLeftOut = options.isLeftOut;
    const { restMs } = options;
    this.#cache = new ChangeCache({
      group: reader.forList,
      compute: previous => this.#compute(previous?.memos),
      restMs,
    });
  }

  /** All rows in no particular order; the same array until something changed. */
  get(): readonly SummaryEntry[] {
    return this.#cache.get().entries;
  }

  #compute(known: Memos | undefined): { memos: Memos; entries: readonly SummaryEntry[] } {
    const memos = new Map<string, Memo>();
    for (const source of Object.values(this.#reader.workloads)) {
      for (const workload of source.state.objects.values()) {
        if (this.#isLeftOut(workload.metadata.namespace)) continue;
        const { uid } = workload.metadata;
        memos.set(uid, this.#memoOf(workload, known?.get(uid)));
      }
    }
    return { memos, entries: [...memos.values()].map(({ entry }) => entry) };
  }

  #memoOf(workload: WorkloadObject, known: Memo | undefined): Memo {
    const reader = this.#reader;
    const parts: SummaryParts = {
      cluster: reader.name,
      workload,
      replicaSets: workload.kind === 'Deployment' ? reader.replicaSetsByOwner.get(workload.metadata.uid) : [],
      jobs: jobsOf(reader, workload),
      pods: podsOf(reader, workload),
    };
    return known && isSame(known.parts, parts) ? known : { parts, entry: entryOf(summaryOf(parts)) };
  }
}

/** The reflectors never change an object, they replace it. */
function isSame(a: SummaryParts, b: SummaryParts): boolean {
  return (
    a.workload === b.workload &&
    isSameList(a.pods, b.pods) &&
    isSameList(a.jobs, b.jobs) &&
    isSameList(a.replicaSets, b.replicaSets)
  );
}

function isSameList(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}

function entryOf(summary: WorkloadSummary): SummaryEntry {
  const { cluster, namespace, name, kind, health, images } = summary;
  return {
    summary,
    sortKey: [healthOrder.indexOf(health.state), cluster, namespace, name, kind].join('\0'),
    searchText: [name, namespace, ...images.map(({ image }) => image)].join('\n').toLocaleLowerCase('en-US'),
  };
}
