import type { Freshness } from '@leitstand/plugin-rollouts-common';
import type { SharedSource } from './SharedSource';

/** A part that could not be read, with the reason. */
export interface MissingPart {
  what: string;
  reason: string;
}

/** Several sources that are read together, because one page stands on them. */
export class SourceGroup {
  readonly #sources: readonly SharedSource<unknown>[];

  constructor(sources: readonly SharedSource<unknown>[]) {
    this.#sources = sources;
  }

  /** Becomes a reader of all until the lease is disposed. */
  acquire(): Disposable {
    const leases = this.#sources.map(source => source.acquire());
    return { [Symbol.dispose]: () => leases.forEach(lease => lease[Symbol.dispose]()) };
  }

  /** Resolves as soon as each was read once or failed to. */
  async settled(signal: AbortSignal): Promise<void> {
    await Promise.all(this.#sources.map(source => source.settled(signal)));
  }

  /** Calls back after each change, until the returned function is called. */
  onChange(listener: () => void): () => void {
    const stops = this.#sources.map(source => source.onChange(listener));
    return () => stops.forEach(stop => stop());
  }

  /** What was never read, for example because the right is missing or the cluster has no such API. */
  get missing(): MissingPart[] {
    return this.#sources.flatMap(({ what, state: { observedAt, problem } }) => {
      if (observedAt || !problem) return [];
      const isMetrics = what.endsWith('metrics') && problem.code === 'UPSTREAM_NOT_FOUND';
      return [{ what, reason: isMetrics ? 'The cluster has no metrics API.' : problem.message }];
    });
  }

  /** The oldest of what was read once and is stale; otherwise the newest word. What was never read is {@link missing}. */
  get freshness(): Freshness {
    const states = this.#sources.map(({ state }) => state);
    const times = (of: typeof states) => of.flatMap(({ observedAt }) => (observedAt ? [observedAt.getTime()] : []));
    const stale = states.filter(({ status, observedAt }) => status !== 'live' && observedAt);
    if (stale.length === 0) {
      const newest = Math.max(0, ...times(states));
      return { observedAt: new Date(newest).toISOString(), isStale: newest === 0 };
    }
    const problem = stale.map(state => state.problem).find(candidate => candidate !== undefined);
    return {
      observedAt: new Date(Math.min(...times(stale))).toISOString(),
      isStale: true,
      ...(problem ? { problem: { code: problem.code, message: problem.message } } : {}),
    };
  }
}
