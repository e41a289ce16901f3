import type { StepContext } from '@leitstand/plugin-operations-node';
import type { RunLease } from '../database/RunLease';

/** Of which step the progress is told. */
export interface ProgressOptions {
  lease: RunLease;
  key: string;
  signal: AbortSignal;
  onChange(): void;
}

/**
 * Does what a step does and keeps its newest progress on record. Messages that come while one is being written are skipped
 * but for the last.
 *
 * @throws what `act` throws; LeaseLost
 */
export async function withProgress<T>(options: ProgressOptions, act: (context: StepContext) => Promise<T>): Promise<T> {
  const { lease, key, signal, onChange } = options;
  let next: string | undefined;
  let writing: Promise<void> | undefined;
  const writeAll = async () => {
    while (next !== undefined) {
      const message = next;
      next = undefined;
      await lease.setProgress(key, message);
      onChange();
    }
    writing = undefined;
  };
  const progress = (message: string) => {
    next = message;
    writing ??= writeAll();
    writing.catch(() => {}); // awaited below, where it counts
  };
  const result = await act({ signal, progress });
  await writing;
  return result;
}
