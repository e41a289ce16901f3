import { delayUnlessAborted } from './delayUnlessAborted';
import { untilCalled } from './untilCalled';

/** How long a {@link Wakeup} waits, in milliseconds. */
export interface WakeupOptions {
  /** After a call, for others that may follow. */
  gatherMs: number;
  /** For a call. */
  longestMs: number;
}

/** Lets any number of calls count as one, for work that is done again after changes. */
export class Wakeup {
  #isCalled = false;
  #wake: (() => void) | undefined;

  /** There is something to do. */
  call(): void {
    this.#isCalled = true;
    this.#wake?.();
  }

  /** Resolves some time after a call that was not seen yet, or when it has waited for long enough. @throws the signal's reason */
  async next(options: WakeupOptions, signal: AbortSignal): Promise<void> {
    if (!this.#isCalled) await this.#wait(options.longestMs, signal);
    if (this.#isCalled) await delayUnlessAborted(options.gatherMs, signal);
    this.#isCalled = false;
  }

  async #wait(ms: number, signal: AbortSignal): Promise<void> {
    await untilCalled(done => {
      const timer = setTimeout(done, ms);
      this.#wake = done;
      return () => {
        clearTimeout(timer);
        this.#wake = undefined;
      };
    }, signal);
  }
}
