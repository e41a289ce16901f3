import { setTimeout } from 'node:timers/promises';

/** Longer timers overflow and fire at once. */
const maxTimerMs = 2 ** 31 - 1;

/** Waits; returns early when the signal aborts. At most about 24 days. */
export async function pause(durationMs: number, signal: AbortSignal): Promise<void> {
  try {
    await setTimeout(Math.min(Math.max(durationMs, 0), maxTimerMs), undefined, { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

/** Does something again and again, one after the other, until the signal aborts or it throws. */
export async function repeat(
  act: () => Promise<void>,
  options: { intervalMs: number; signal: AbortSignal },
): Promise<void> {
  while (!options.signal.aborted) {
    await pause(options.intervalMs, options.signal);
    if (!options.signal.aborted) await act();
  }
}
