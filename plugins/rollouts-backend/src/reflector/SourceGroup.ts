import type { Freshness, MissingPart } from '@leitstand/plugin-rollouts-common';
import { untilCalled } from '../lib/untilCalled';
import type { SharedSource } from './SharedSource';

/** Several sources that are read together, because one page stands on them. */
export class SourceGroup {
  readonly #main: readonly SharedSource<unknown>[];
  readonly #extras: readonly SharedSource<unknown>[];
  readonly #sources: readonly SharedSource<unknown>[];

  /** `extras` (metrics, the version) are polled: what they hold may be old without the page being so. */
  constructor(main: readonly SharedSource<unknown>[], extras: readonly SharedSource<unknown>[] = []) {
    this.#main = main;
    this.#extras = extras;
    this.#sources = [...main, ...extras];
  }

  /** Whether nobody reads it as a whole: then some of it is not read, though somebody else may go on with the rest. */
  get isStopped(): boolean {
    return this.#sources.some(({ state }) => state.status === 'stopped');
  }

  /** Whether the last word on some of it was a failure; what nobody reads has none. */
  get isFailing(): boolean {
    return this.#main.some(({ state }) => state.problem !== undefined);
  }

  /** Becomes a reader of all until the lease is disposed. */
  acquire(): Disposable {
    const leases = this.#sources.map(source => source.acquire());
    return { [Symbol.dispose]: () => leases.forEach(lease => lease[Symbol.dispose]()) };
  }

  /** Resolves as soon as each was read once or failed to. */
  async settled(signal: AbortSignal): Promise<void> {
    const isLoading = () => this.#sources.some(({ state }) => state.status === 'loading');
    while (isLoading()) await untilCalled(done => this.onChange(done), signal);
  }

  /** Calls back after each change, until the returned function is called. */
  onChange(listener: () => void): () => void {
    const stops = this.#sources.map(source => source.onChange(listener));
    return () => stops.forEach(stop => stop());
  }

  /** What was never read, because a right is missing or the cluster has no such API; and extras that are old. */
  get missing(): MissingPart[] {
    const never = this.#main.flatMap(({ what, state: { observedAt, problem } }) =>
      observedAt || !problem ? [] : [{ what, reason: problem.message }],
    );
    const old = this.#extras.flatMap(({ what, state: { observedAt, problem } }) => {
      if (!problem) return [];
      if (what === 'metrics' && problem.code === 'UPSTREAM_NOT_FOUND') {
        return [{ what, reason: 'The cluster has no metrics API.' }];
      }
      return [{ what, reason: problem.message, ...(observedAt ? { observedAt: observedAt.toISOString() } : {}) }];
    });
    return [...never, ...old];
  }

  /** The oldest of what was read once and is stale; otherwise the newest word. What was never read is {@link missing}. */
  get freshness(): Freshness {
    const states = this.#main.map(({ state }) => state);
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
