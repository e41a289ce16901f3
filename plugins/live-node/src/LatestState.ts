import type { LiveState } from './liveService';

/**
 * Hands the newest state to any number of readers. A slow reader skips what it missed; nothing queues up.
 */
export class LatestState {
  #current: LiveState | undefined;
  readonly #wakeReaders = new Set<() => void>();

  /** Publishes a state; an unchanged id is not a change. */
  set(state: LiveState): void {
    if (state.id === this.#current?.id) return;
    this.#current = state;
    this.#wakeReaders.forEach(wake => wake());
  }

  /** Yields the newest state, then each newer one, until the signal aborts. */
  async *states(signal: AbortSignal): AsyncGenerator<LiveState> {
    let resume = () => {};
    // One listener for the whole reading: racing each change against one promise of the abort would pile up on it.
    const wake = () => resume();
    const nextWake = () =>
      new Promise<void>(resolve => {
        resume = resolve;
      });
    this.#wakeReaders.add(wake);
    signal.addEventListener('abort', wake);
    try {
      let seen: string | undefined;
      while (!signal.aborted) {
        const current = this.#current;
        if (current && current.id !== seen) {
          seen = current.id;
          yield current;
        } else {
          await nextWake();
        }
      }
    } finally {
      this.#wakeReaders.delete(wake);
      signal.removeEventListener('abort', wake);
    }
  }
}
