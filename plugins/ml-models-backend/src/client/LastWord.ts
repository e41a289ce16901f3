import type { UpstreamErrorCode } from '@leitstand/plugin-kit-common';

/** What says that BigQuery, or the way there, is ill; everything else is an answer. */
const faults: readonly string[] = [
  'UPSTREAM_UNREACHABLE',
  'UPSTREAM_TIMEOUT',
  'UPSTREAM_UNAUTHENTICATED',
  'UPSTREAM_THROTTLED',
  'UPSTREAM_FAILED',
  'UPSTREAM_UNREADABLE',
] satisfies UpstreamErrorCode[];

/** How long a failure counts when nobody has asked again since, in milliseconds. */
const forgetAfterMs = 5 * 60_000;

/** How the last request to one connection went: its health without asking it anything. */
export class LastWord {
  readonly #now: () => number;
  #failedAt: number | undefined;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** @param result - `ok`, `aborted`, or the code of the error */
  hear(result: string): void {
    if (result === 'aborted') return; // the asker went away: nothing is known
    this.#failedAt = faults.includes(result) ? this.#now() : undefined;
  }

  /** Whether it was a failure, and is not so old that nobody can say. */
  get isFailure(): boolean {
    return this.#failedAt !== undefined && this.#now() - this.#failedAt < forgetAfterMs;
  }
}
