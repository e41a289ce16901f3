import { UpstreamError } from '@leitstand/plugin-kit-common';
import { describeSafely } from './safeError';

/** A value as upstream said it, and how old that is. */
export interface Observed<T> {
  value: T;
  /** When upstream said it. */
  observedAt: Date;
  /** Why it is not newer than the age that was asked for; without upstream's own words. */
  staleBecause?: { code: string; message: string };
}

/** How one thing is read. */
export interface SharedRead<T> {
  /** How old an answer may be, in milliseconds. */
  maxAgeMs: number;
  /** Asks upstream. Its signal aborts when the cache is closed, not when one of many readers goes away. */
  read(signal: AbortSignal): Promise<T>;
}

interface Entry {
  observed?: Observed<unknown>;
  reading?: Promise<Observed<unknown>>;
  /** When the last attempt failed. */
  failedAt?: number;
}

/** How {@link SharedReads} behaves. */
export interface SharedReadsOptions {
  /** Most things that are remembered; the longest unused go first. Default: 1000. */
  maxCount?: number;
  /** Between two attempts at a thing that failed, in milliseconds. Default: 2000. */
  retryAfterMs?: number;
  now?: () => number;
  /** Told of each answer: whether upstream was spared. For metrics. */
  onAnswer?: (answer: 'hit' | 'miss' | 'stale') => void;
}

/**
 * Reads that many viewers share: one question upstream at a time for each thing, whatever the number of those who wait,
 * and the last answer, marked, while upstream fails.
 */
export class SharedReads {
  readonly #options: Required<Omit<SharedReadsOptions, 'onAnswer'>> & Pick<SharedReadsOptions, 'onAnswer'>;
  readonly #entries = new Map<string, Entry>();
  readonly #closing = new AbortController();

  constructor(options: SharedReadsOptions = {}) {
    this.#options = { maxCount: 1000, retryAfterMs: 2_000, now: Date.now, ...options };
  }

  /**
   * The answer, at most as old as asked for; an older one with the reason where upstream fails.
   *
   * @throws what `read` throws when there has never been an answer, and everything but an UpstreamError: then upstream has
   * answered, for example that there is no such thing any more
   */
  async get<T>(key: string, request: SharedRead<T>): Promise<Observed<T>> {
    const entry = this.#entryOf(key);
    const observed = entry.observed as Observed<T> | undefined;
    if (observed && this.#mayAnswer(entry, observed, request.maxAgeMs)) return this.#answer(observed, 'hit');
    const isShared = entry.reading !== undefined;
    entry.reading ??= this.#read(entry, request).finally(() => {
      entry.reading = undefined;
    });
    return this.#answer((await entry.reading) as Observed<T>, isShared ? 'hit' : 'miss');
  }

  /** Lets the next reader ask upstream. Without a key, of everything. */
  forget(key?: string): void {
    if (key === undefined) this.#entries.clear();
    else this.#entries.delete(key);
  }

  /** Aborts what is being read. */
  close(): void {
    this.#closing.abort();
    this.#entries.clear();
  }

  #answer<T>(observed: Observed<T>, kind: 'hit' | 'miss'): Observed<T> {
    this.#options.onAnswer?.(observed.staleBecause ? 'stale' : kind);
    return observed;
  }

  #entryOf(key: string): Entry {
    const entry = this.#entries.get(key) ?? {};
    this.#entries.delete(key); // the order of the map is that of the last use
    this.#entries.set(key, entry);
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= this.#options.maxCount) break;
      this.#entries.delete(oldest);
    }
    return entry;
  }

  /** After a failure the last answer does for a while, so that many readers do not become many attempts. */
  #mayAnswer(entry: Entry, observed: Observed<unknown>, maxAgeMs: number): boolean {
    const { now, retryAfterMs } = this.#options;
    if (entry.failedAt !== undefined) return now() - entry.failedAt < retryAfterMs;
    return now() - observed.observedAt.getTime() <= maxAgeMs;
  }

  async #read<T>(entry: Entry, { read }: SharedRead<T>): Promise<Observed<T>> {
    const observedAt = new Date(this.#options.now());
    try {
      const observed: Observed<T> = { value: await read(this.#closing.signal), observedAt };
      entry.observed = observed;
      entry.failedAt = undefined;
      return observed;
    } catch (error) {
      const last = entry.observed as Observed<T> | undefined;
      if (!(error instanceof UpstreamError)) entry.observed = undefined; // it answered: there is no such thing any more
      if (!last || !entry.observed || this.#closing.signal.aborted) throw error;
      const { code = 'UPSTREAM_FAILED', message } = describeSafely(error);
      entry.failedAt = this.#options.now();
      entry.observed = { ...last, staleBecause: { code, message } };
      return entry.observed as Observed<T>;
    }
  }
}
