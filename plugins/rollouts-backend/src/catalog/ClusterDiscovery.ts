import type { ProviderStatus } from '@leitstand/plugin-kit-common';
import { workloadKindSchema, type WorkloadKind } from '@leitstand/plugin-rollouts-common';
import type { ClusterReader } from '../reflector/ClusterReader';
import { SourceGroup } from '../reflector/SourceGroup';
import type { CatalogConfig } from './catalogConfig';
import { sift, type LeftOut } from './leftOut';
import type { DiscoveredWorkload } from './workloadEntities';

/** What is known of one cluster's workloads. */
export interface DiscoveredCluster {
  cluster: string;
  /** The last known ones of each kind. */
  workloads: DiscoveredWorkload[];
  leftOut: LeftOut[];
  /** Whether each kind was read completely at least once, so that what is not there may be removed. */
  isKnown: boolean;
  state: ProviderStatus['state'];
  lastCompleteAt: Date | undefined;
  error: ProviderStatus['error'];
}

/**
 * Reads what of a cluster belongs into the catalogue, as long as it is not disposed. Absent is not failed: what was of a
 * kind stays until that kind was read again.
 */
export class ClusterDiscovery implements Disposable {
  readonly cluster: string;
  readonly #reader: ClusterReader;
  readonly #config: CatalogConfig;
  readonly #sources: SourceGroup;
  readonly #lease: Disposable;
  readonly #lastGood = new Map<WorkloadKind, ReturnType<typeof sift<DiscoveredWorkload>>>();
  #lastCompleteAt: Date | undefined;

  constructor(reader: ClusterReader, config: CatalogConfig) {
    this.cluster = reader.name;
    this.#reader = reader;
    this.#config = config;
    this.#sources = new SourceGroup(Object.values(reader.workloads));
    this.#lease = this.#sources.acquire();
  }

  /** Resolves as soon as each kind was read once or failed to. */
  settled(signal: AbortSignal): Promise<void> {
    return this.#sources.settled(signal);
  }

  onChange(listener: () => void): () => void {
    return this.#sources.onChange(listener);
  }

  /** What is known now. */
  read(now: Date): DiscoveredCluster {
    let error: ProviderStatus['error'];
    let isComplete = true;
    for (const kind of workloadKindSchema.options) {
      const { status, objects, problem } = this.#reader.workloads[kind].state;
      const isWanted = this.#config.kinds.includes(kind);
      if (status === 'live') this.#lastGood.set(kind, this.#sift(kind, [...objects.values()]));
      else if (isWanted) {
        isComplete = false;
        if (problem) error ??= { code: problem.code, message: problem.message };
      }
    }
    if (isComplete) this.#lastCompleteAt = now;
    const known = [...this.#lastGood.values()];
    return {
      cluster: this.cluster,
      workloads: known.flatMap(({ taken }) => taken),
      leftOut: mergeCounts(known.flatMap(({ leftOut }) => leftOut)),
      isKnown: this.#config.kinds.every(kind => this.#lastGood.has(kind)),
      state: isComplete ? 'complete' : this.#lastCompleteAt ? 'incomplete' : 'never',
      lastCompleteAt: this.#lastCompleteAt,
      error,
    };
  }

  [Symbol.dispose](): void {
    this.#lease[Symbol.dispose]();
  }

  #sift(kind: WorkloadKind, objects: readonly DiscoveredWorkload['object'][]) {
    const workloads = objects.map(object => ({ cluster: this.cluster, object }));
    if (this.#config.kinds.includes(kind)) return sift(workloads, this.#config);
    const rest = { what: kind, count: workloads.length, reason: 'kind not in rollouts.catalog.kinds' };
    return { taken: [], leftOut: rest.count > 0 ? [rest] : [] };
  }
}

/** The same thing for the same reason is one entry, whatever the kind. */
function mergeCounts(all: readonly LeftOut[]): LeftOut[] {
  const merged = new Map<string, LeftOut>();
  for (const { what, count, reason } of all) {
    const key = JSON.stringify([what, reason]);
    merged.set(key, { what, reason, count: count + (merged.get(key)?.count ?? 0) });
  }
  return [...merged.values()];
}
