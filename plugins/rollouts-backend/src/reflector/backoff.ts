/** How long to wait between attempts that fail. */
export interface BackoffOptions {
  /** Before the second attempt, in milliseconds. */
  baseMs: number;
  /** Never longer than this, in milliseconds. */
  capMs: number;
  /** 0 ≤ value < 1. */
  random: () => number;
}

/** Doubles with each failure up to the cap; then between half and the whole of it, so that many readers do not come back at once. */
export function backoffMs(failureCount: number, options: BackoffOptions): number {
  const full = Math.min(options.capMs, options.baseMs * 2 ** Math.min(failureCount - 1, 30));
  return full / 2 + (full / 2) * options.random();
}
