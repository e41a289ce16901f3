/** What a {@link SharedResource} knows. Another object after each change. */
export interface SharedState<TValue> {
  value: TValue | undefined;
  error: unknown;
  isLoading: boolean;
}

/** How a {@link SharedResource} is loaded. */
export interface SharedResourceOptions<TValue> {
  load: (signal: AbortSignal) => Promise<TValue>;
  /** Time from one answer to the next request while the page is visible; also how long an answer, unless it is a failure, is taken as new. */
  pollMs: number;
}

/**
 * Something that many components of a page show: one request and one timer for all of them. It starts with the first
 * listener and stops with the last; the last known value stays for whoever comes next.
 */
export class SharedResource<TValue> {
  readonly #listeners = new Set<() => void>();
  readonly #options: SharedResourceOptions<TValue>;
  #state: SharedState<TValue> = { value: undefined, error: undefined, isLoading: true };
  #settledAtMs = Number.NEGATIVE_INFINITY;
  #request: AbortController | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(options: SharedResourceOptions<TValue>) {
    this.#options = options;
  }

  readonly getState = (): SharedState<TValue> => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    if (this.#listeners.size === 1) this.#start();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.#stop();
    };
  };

  /** Loads again at once; an answer that is on its way is dropped. */
  readonly reload = (): void => {
    this.#request?.abort();
    const request = new AbortController();
    this.#request = request;
    const settle = (outcome: Pick<SharedState<TValue>, 'value' | 'error'>) => {
      if (request.signal.aborted) return;
      this.#request = undefined;
      this.#settledAtMs = Date.now();
      this.#state = { ...outcome, isLoading: false };
      this.#listeners.forEach(listener => listener());
    };
    this.#options.load(request.signal).then(
      value => settle({ value, error: undefined }),
      (error: unknown) => settle({ value: this.#state.value, error }),
    );
  };

  #start() {
    const { pollMs } = this.#options;
    if (this.#state.error !== undefined || Date.now() - this.#settledAtMs >= pollMs) this.reload();
    this.#timer = setInterval(() => {
      if (document.visibilityState === 'visible' && !this.#request) this.reload();
    }, pollMs);
  }

  #stop() {
    clearInterval(this.#timer);
    this.#request?.abort();
    this.#request = undefined;
  }
}
