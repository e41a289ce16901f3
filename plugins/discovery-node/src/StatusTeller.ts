import type { ProviderStatus } from '@leitstand/plugin-kit-common';
import type { HeldLease } from '@leitstand/plugin-kit-node';
import type { ProviderStatusStore } from './ProviderStatusStore';

/** Longest time between two statuses that say the same, in milliseconds. */
const statusEveryMs = 15_000;

/** Says how a provider goes: at once when that changes, else every now and then. */
export class StatusTeller {
  readonly #store: ProviderStatusStore;
  readonly #now: () => number;
  #last: { text: string; at: number } | undefined;

  constructor(store: ProviderStatusStore, now: () => number = Date.now) {
    this.#store = store;
    this.#now = now;
  }

  /** @throws ConflictError when the lease is lost */
  async tell(held: HeldLease, statuses: readonly ProviderStatus[]): Promise<void> {
    const text = JSON.stringify(statuses, (key, value: unknown) => (/^last\w+At$/.test(key) ? undefined : value));
    const now = this.#now();
    if (this.#last?.text === text && now - this.#last.at < statusEveryMs) return;
    this.#last = { text, at: now };
    await this.#store.replace(held, statuses);
  }
}
