import { UpstreamError } from '@leitstand/plugin-kit-common';
import { untilCalled } from '../lib/untilCalled';

/** How far a source is. `stale`: what it holds is the last known state, or nothing when it was never read. */
export type SourceStatus = 'stopped' | 'loading' | 'live' | 'stale';

/** Everything that is known of one type of object on one cluster. */
export interface SourceState<TObject> {
  status: SourceStatus;
  /** By uid, or by name where there is none. Empty until it was read completely for the first time. */
  objects: ReadonlyMap<string, TObject>;
  /** When the cluster last said something; undefined: never read completely. */
  observedAt: Date | undefined;
  /** Why it is stale. */
  problem: UpstreamError | undefined;
}

/** What a source needs to know of its surroundings; what has a default is there for tests. */
export interface SharedSourceOptions {
  cluster: string;
  /** What is read, for messages: `pods`. */
  what: string;
  /** How long it goes on without readers, in milliseconds. */
  idleMs: number;
  now?: () => Date;
}

/**
 * Objects of one type that are read for as long as somebody wants them: starts with its first reader and stops a while
 * after its last; however many readers there are, the cluster sees one.
 */
export abstract class SharedSource<TObject> {
  readonly #options: SharedSourceOptions;
  readonly #listeners = new Set<() => void>();
  #objects = new Map<string, TObject>();
  #status: SourceStatus = 'stopped';
  #observedAt: Date | undefined;
  #problem: UpstreamError | undefined;
  #readerCount = 0;
  #isClosed = false;
  #run: { controller: AbortController; ended: Promise<void> } | undefined;
  #idleTimer: NodeJS.Timeout | undefined;

  constructor(options: SharedSourceOptions) {
    this.#options = options;
  }

  /** What is read, for messages. */
  get what(): string {
    return this.#options.what;
  }

  get state(): SourceState<TObject> {
    return { status: this.#status, objects: this.#objects, observedAt: this.#observedAt, problem: this.#problem };
  }

  /** Becomes a reader until the lease is disposed. @throws Error when closed */
  acquire(): Disposable {
    if (this.#isClosed) throw new Error(`The source of ${this.#options.what} is closed`);
    this.#readerCount += 1;
    clearTimeout(this.#idleTimer);
    this.#run ??= this.#start();
    let isHeld = true;
    return {
      [Symbol.dispose]: () => {
        if (!isHeld) return;
        isHeld = false;
        this.#readerCount -= 1;
        if (this.#readerCount === 0 && !this.#isClosed) this.#stopWhenIdle();
      },
    };
  }

  /** Resolves as soon as it has read the objects once or failed to; readers ask for {@link state} then. */
  async settled(signal: AbortSignal): Promise<void> {
    while (this.#status === 'loading') await untilCalled(done => this.onChange(done), signal);
  }

  /** Calls back after each change of the state, until the returned function is called. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /** Stops for good; resolves when nothing of it runs any more. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#stop();
  }

  /** Reads until the signal aborts, telling {@link hear} and {@link fail} how it goes; never throws. */
  protected abstract follow(signal: AbortSignal): Promise<void>;

  protected now(): Date {
    return this.#options.now?.() ?? new Date();
  }

  /** The cluster said something: `objects` is everything there is, left out where nothing changed or one object did. */
  protected hear(change: { objects?: Map<string, TObject>; set?: [string, TObject]; deleted?: string } = {}): void {
    if (change.objects) this.#objects = change.objects;
    if (change.set) this.#objects.set(...change.set);
    if (change.deleted !== undefined) this.#objects.delete(change.deleted);
    this.#status = 'live';
    this.#observedAt = this.now();
    this.#problem = undefined;
    this.#announce();
  }

  /** It could not be read; what is known stays, marked. */
  protected fail(error: unknown): void {
    this.#status = 'stale';
    this.#problem = error instanceof UpstreamError ? error : this.#unexpected(error);
    this.#announce();
  }

  #start() {
    const controller = new AbortController();
    this.#status = this.#observedAt ? 'stale' : 'loading';
    return { controller, ended: this.follow(controller.signal) };
  }

  #stopWhenIdle(): void {
    this.#idleTimer = setTimeout(() => void this.#stop(), this.#options.idleMs);
    this.#idleTimer.unref();
  }

  async #stop(): Promise<void> {
    clearTimeout(this.#idleTimer);
    const run = this.#run;
    this.#run = undefined;
    run?.controller.abort();
    await run?.ended;
    if (this.#run) return; // a reader came meanwhile
    this.#objects = new Map();
    this.#observedAt = undefined;
    this.#problem = undefined;
    this.#status = 'stopped';
    this.#announce();
  }

  #unexpected(cause: unknown): UpstreamError {
    const { cluster, what } = this.#options;
    return new UpstreamError(`Cluster ${cluster}: reading ${what} failed. See the server's log.`, {
      code: 'UPSTREAM_UNREADABLE',
      system: cluster,
      operation: `watch ${what}`,
      cause,
    });
  }

  #announce(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}
