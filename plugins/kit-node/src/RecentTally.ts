/** How a {@link RecentTally} counts. */
export interface RecentTallyOptions {
  /** How far back it goes, in milliseconds. Default: ten minutes. */
  windowMs?: number;
  /** What is forgotten at once, in milliseconds. Default: one minute. */
  slotMs?: number;
  now?: () => number;
}

/** Sums by name. */
export type Tally = Record<string, number>;

/** Sums of what happened in the last minutes, in memory; what is older is forgotten a slot at a time. */
export class RecentTally {
  /** How far back it goes, in milliseconds. */
  readonly windowMs: number;
  readonly #slotMs: number;
  readonly #now: () => number;
  #slots: { number: number; tallies: Map<string, Tally> }[] = [];

  constructor({ windowMs = 600_000, slotMs = 60_000, now = Date.now }: RecentTallyOptions = {}) {
    this.windowMs = windowMs;
    this.#slotMs = slotMs;
    this.#now = now;
  }

  /** @param key - few different ones, as the labels of a metric */
  add(key: string, amounts: Tally): void {
    const number = Math.floor(this.#now() / this.#slotMs);
    let slot = this.#slots.at(-1);
    if (slot?.number !== number) {
      this.#forget();
      slot = { number, tallies: new Map() };
      this.#slots.push(slot);
    }
    slot.tallies.set(key, plus(slot.tallies.get(key), amounts));
  }

  /** By key, in the order in which they came first. */
  read(): Map<string, Tally> {
    this.#forget();
    const sums = new Map<string, Tally>();
    for (const { tallies } of this.#slots) {
      for (const [key, amounts] of tallies) sums.set(key, plus(sums.get(key), amounts));
    }
    return sums;
  }

  #forget(): void {
    const oldest = Math.floor((this.#now() - this.windowMs) / this.#slotMs);
    this.#slots = this.#slots.filter(({ number }) => number > oldest);
  }
}

function plus(sum: Tally = {}, amounts: Tally): Tally {
  const names = [...new Set([...Object.keys(sum), ...Object.keys(amounts)])];
  return Object.fromEntries(names.map(name => [name, (sum[name] ?? 0) + (amounts[name] ?? 0)]));
}
