const firstMs = 1_000;
const maxMs = 30_000;

/**
 * How long to wait before another attempt: doubling from 1 s to 30 s, of which a random half is taken off,
 * so that the tabs of a whole team do not come back in the same instant.
 *
 * @param attempt 0 for the first
 * @param random between 0 and 1
 */
export function backoffMs(attempt: number, random: number): number {
  return Math.min(maxMs, firstMs * 2 ** Math.min(attempt, 10)) * (1 - random / 2);
}

/** Waits; returns early when the signal aborts. */
export async function delay(durationMs: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  const finished = new AbortController();
  await new Promise<void>(resolve => {
    const timer = setTimeout(resolve, durationMs);
    const wake = () => {
      clearTimeout(timer);
      resolve();
    };
    signal.addEventListener('abort', wake, { signal: finished.signal });
  });
  finished.abort();
}
