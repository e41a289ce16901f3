import type { Clock } from '../../core';

/** Waits; ends earlier, without an error, when the signal is aborted. */
export function sleep(clock: Clock, durationMs: number, signal: AbortSignal): Promise<void> {
  if (durationMs <= 0 || signal.aborted) return Promise.resolve();
  return new Promise(resolve => {
    const end = () => {
      timer.cancel();
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = clock.setTimeout(end, durationMs);
    signal.addEventListener('abort', end);
  });
}
