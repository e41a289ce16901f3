import type { SourceGroup } from '../reflector/SourceGroup';

/** How a {@link ChangeCache} behaves. */
export interface ChangeCacheOptions<TValue> {
  group: SourceGroup;
  /** `previous`: the value before, for what can be taken over from it; undefined at first and after nobody has read. */
  compute: (previous: TValue | undefined) => TValue;
  /** Shortest time between two computations, in milliseconds, so that a busy cluster costs no more. Default: 250. */
  restMs?: number;
  now?: () => number;
}

/** What is computed from sources, shared by all who ask, until the sources change. */
export class ChangeCache<TValue extends object> {
  readonly #options: ChangeCacheOptions<TValue>;
  readonly #now: () => number;
  #value: TValue | undefined;
  #isOutdated = true;
  #computedAt = 0;

  constructor(options: ChangeCacheOptions<TValue>) {
    this.#options = options;
    this.#now = options.now ?? (() => performance.now());
    options.group.onChange(() => {
      this.#isOutdated = true;
      if (options.group.isStopped) this.#value = undefined;
    });
  }

  /** The present value, at most `restMs` old. The same object until something changed. */
  get(): TValue {
    const isRested = this.#now() - this.#computedAt >= (this.#options.restMs ?? 250);
    if (this.#value && !(this.#isOutdated && isRested)) return this.#value;
    this.#value = this.#options.compute(this.#value);
    this.#isOutdated = false;
    this.#computedAt = this.#now();
    return this.#value;
  }
}
