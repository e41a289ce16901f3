/** What is done again and again. */
export interface PollLoopOptions {
  /** One round; rounds never overlap. */
  act(): Promise<void>;
  /** Told when a round fails; the next one comes nevertheless. */
  onError(error: unknown): void;
  /** Between two rounds, in milliseconds, give or take a tenth so that replicas do not march in step. */
  everyMs: number;
}

/** Does something every now and then between start and stop, and sooner when asked. */
export class PollLoop {
  readonly #options: PollLoopOptions;
  #isStarted = false;
  #timer: NodeJS.Timeout | undefined;
  /** Of the next round, by `performance.now()`. */
  #dueAt = Infinity;
  #round: Promise<void> | undefined;
  #succeededAt = performance.now();

  constructor(options: PollLoopOptions) {
    this.#options = options;
  }

  /** Milliseconds since the last round that did not fail, or since there is a loop. */
  get silentForMs(): number {
    return performance.now() - this.#succeededAt;
  }

  /** The first round comes at once. Does nothing when it is started already. */
  start(): void {
    if (this.#isStarted) return;
    this.#isStarted = true;
    this.wakeIn(0);
  }

  /** A round comes after this time at the latest, in milliseconds. */
  wakeIn(ms: number): void {
    const dueAt = performance.now() + ms;
    if (!this.#isStarted || dueAt >= this.#dueAt) return;
    this.#dueAt = dueAt;
    clearTimeout(this.#timer);
    if (!this.#round) this.#timer = setTimeout(() => this.#begin(), ms);
  }

  /** Resolves when the round under way has ended; none comes after. */
  async stop(): Promise<void> {
    this.#isStarted = false;
    this.#dueAt = Infinity;
    clearTimeout(this.#timer);
    await this.#round;
  }

  #begin(): void {
    this.#dueAt = Infinity;
    this.#round = this.#options
      .act()
      .then(() => {
        this.#succeededAt = performance.now();
      })
      .catch(error => this.#options.onError(error))
      .finally(() => {
        this.#round = undefined;
        const waitMs = Math.max(0, this.#dueAt - performance.now());
        this.#dueAt = Infinity;
        this.wakeIn(Math.min(waitMs, this.#options.everyMs * (0.9 + Math.random() * 0.2)));
      });
  }
}
