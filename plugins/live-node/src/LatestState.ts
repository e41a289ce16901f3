import type { LiveState } from './liveService';

/**
 * Hands the newest state to any number of readers. A slow reader skips what it missed; nothing queues up.
 */
export class LatestState {
  #current: LiveState | undefined;
  #announce = () => {};
  #changed = this.#nextChange();

  /** Publishes a state; an unchanged id is not a change. */
  set(state: LiveState): void {
    if (state.id === this.#current?.id) return;
    this.#current = state;
    this.#announce();
    this.#changed = this.#nextChange();
  }

  /** Yields the newest state, then each newer one, until the signal aborts. */
  async *states(signal: AbortSignal): AsyncGenerator<LiveState> {
    const aborted = new Promise<void>(resolve => {
      if (signal.aborted) resolve();
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
    let seen: string | undefined;
    while (!signal.aborted) {
      const changed = this.#changed;
      const current = this.#current;
      if (current && current.id !== seen) {
        seen = current.id;
        yield current;
      } else {
        await Promise.race([changed, aborted]);
      }
    }
  }

  #nextChange(): Promise<void> {
    return new Promise(resolve => {
      this.#announce = resolve;
    });
  }
}
