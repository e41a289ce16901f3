/** What a {@link Heartbeat} stands on. Times are milliseconds. */
export interface HeartbeatOptions {
  /** How long what is held outlives the last sign of life. */
  lifeMs: number;
  /** Between two signs of life. */
  heartbeatMs: number;
  /** By `performance.now()`, before it was taken: it counts from later, so this side never believes too long. */
  takenAt: number;
  /** Gives one sign of life; false when there is nothing left to give it for. */
  beat(): Promise<boolean>;
  /** Told once, as soon as somebody else may hold it: also when no sign could be given for as long as it lives. */
  onLost(): void;
  /** Told when a sign could not be given; the next one is tried nevertheless. */
  onError(error: unknown): void;
}

/** Gives signs of life for something that is held until it is stopped or lost. */
export class Heartbeat {
  readonly #options: HeartbeatOptions;
  #heldUntil: number;
  #beatTimer: NodeJS.Timeout | undefined;
  #expiryTimer: NodeJS.Timeout | undefined;
  #isStopped = false;

  constructor(options: HeartbeatOptions) {
    this.#options = options;
    this.#heldUntil = options.takenAt + options.lifeMs;
    this.#watchExpiry();
    this.#scheduleBeat();
  }

  /** Whether nobody else can hold it yet. */
  get isAlive(): boolean {
    return !this.#isStopped && performance.now() < this.#heldUntil;
  }

  /** Milliseconds since the last sign of life that was given, or since it was taken. */
  get silentForMs(): number {
    return performance.now() - (this.#heldUntil - this.#options.lifeMs);
  }

  /** No sign is given any more, and nothing is told. */
  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#beatTimer);
    clearTimeout(this.#expiryTimer);
  }

  #scheduleBeat(): void {
    this.#beatTimer = setTimeout(() => void this.#beat(), this.#options.heartbeatMs);
  }

  async #beat(): Promise<void> {
    const { beat, lifeMs, onError } = this.#options;
    const askedAt = performance.now();
    try {
      const isHeld = await beat();
      if (!isHeld) this.#lose();
      else this.#heldUntil = askedAt + lifeMs;
    } catch (error) {
      if (!this.#isStopped) onError(error);
    }
    if (this.#isStopped) return;
    this.#watchExpiry();
    this.#scheduleBeat();
  }

  #watchExpiry(): void {
    clearTimeout(this.#expiryTimer);
    this.#expiryTimer = setTimeout(() => this.#lose(), Math.max(0, this.#heldUntil - performance.now()));
  }

  #lose(): void {
    if (this.#isStopped) return;
    this.stop();
    this.#options.onLost();
  }
}
