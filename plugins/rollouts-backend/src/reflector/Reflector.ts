import { errorCodeOf, UpstreamError } from '@leitstand/plugin-kit-common';
import { isExpiredVersion } from '../client/kubernetesErrors';
import type { KubernetesClient, ObjectSelection, ResourceType } from '../client/KubernetesClient';
import { untilCalled } from '../lib/untilCalled';
import { backoffMs } from './backoff';

/** How far a reflector is. `stale`: what it holds is the last known state, or nothing when it was never read. */
export type ReflectorStatus = 'stopped' | 'loading' | 'live' | 'stale';

/** Everything that is known of one type of object on one cluster. */
export interface ReflectorState<TObject> {
  status: ReflectorStatus;
  /** By uid. Empty until the first complete list. */
  objects: ReadonlyMap<string, TObject>;
  /** When the cluster last said something; undefined: never read completely. */
  observedAt: Date | undefined;
  /** Why it is stale. */
  problem: UpstreamError | undefined;
}

/** How a {@link Reflector} behaves. Everything that has a default is there for tests. */
export interface ReflectorOptions<TObject> {
  client: Pick<KubernetesClient, 'cluster' | 'list' | 'watch'>;
  type: ResourceType<TObject>;
  selection?: ObjectSelection;
  /** How long it goes on without readers, in milliseconds. Default: 300,000. */
  idleMs?: number;
  /** Waits; rejects when the signal aborts. */
  delay?: (ms: number, signal: AbortSignal) => Promise<void>;
  random?: () => number;
  now?: () => Date;
}

/** Between two attempts to reach a cluster; a watch that has lasted longer than this has not failed. */
const longestPauseMs = 30_000;

interface Identified {
  metadata: { uid: string };
}

/**
 * Keeps a copy of all objects of a type: one list, then a watch that is taken up again where it broke. It starts with
 * its first reader and stops a while after its last; however many readers there are, the cluster sees one.
 *
 * Source: {@link https://kubernetes.io/docs/reference/using-api/api-concepts/#efficient-detection-of-changes}
 */
export class Reflector<TObject extends Identified> {
  readonly #options: Required<Omit<ReflectorOptions<TObject>, 'type'>> & { type: ResourceType<TObject> };
  readonly #listeners = new Set<() => void>();
  #objects = new Map<string, TObject>();
  #status: ReflectorStatus = 'stopped';
  #observedAt: Date | undefined;
  #problem: UpstreamError | undefined;
  #readerCount = 0;
  #isClosed = false;
  #run: { controller: AbortController; ended: Promise<void> } | undefined;
  #idleTimer: NodeJS.Timeout | undefined;

  constructor(options: ReflectorOptions<TObject>) {
    this.#options = {
      client: options.client,
      type: options.type,
      selection: options.selection ?? {},
      idleMs: options.idleMs ?? 300_000,
      delay: options.delay ?? delayUnlessAborted,
      random: options.random ?? Math.random,
      now: options.now ?? (() => new Date()),
    };
  }

  get state(): ReflectorState<TObject> {
    return {
      status: this.#status,
      objects: this.#objects,
      observedAt: this.#observedAt,
      problem: this.#problem,
    };
  }

  /** Becomes a reader until the lease is disposed. @throws Error when closed */
  acquire(): Disposable {
    if (this.#isClosed) throw new Error('The reflector is closed');
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

  #start() {
    const controller = new AbortController();
    this.#status = this.#observedAt ? 'stale' : 'loading';
    return { controller, ended: this.#follow(controller.signal) };
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

  async #follow(signal: AbortSignal): Promise<void> {
    let version: string | undefined;
    let failureCount = 0;
    while (!signal.aborted) {
      const heard = { isOpened: false, hasNews: false };
      const startedAt = this.#options.now().getTime();
      try {
        version ??= await this.#list(signal);
        for await (const reached of this.#watch(version, heard, signal)) version = reached;
      } catch (error) {
        if (signal.aborted) return;
        if (isExpiredVersion(error) && version !== undefined) version = undefined;
        else if (!heard.isOpened) this.#fail(error);
        else if (!isInterruption(error)) {
          version = undefined;
          this.#fail(error);
        }
        // What is left is a watch that worked and was cut: it is taken up again; only if that fails is the state stale.
      }
      const hasLasted = heard.isOpened && this.#options.now().getTime() - startedAt > longestPauseMs;
      failureCount = heard.hasNews || hasLasted ? 1 : failureCount + 1;
      await this.#pause(failureCount, signal);
    }
  }

  async #list(signal: AbortSignal): Promise<string> {
    const list = await this.#options.client.list(this.#options.type, this.#options.selection, signal);
    this.#objects = new Map(list.items.map(object => [object.metadata.uid, object]));
    this.#hear();
    return list.resourceVersion;
  }

  async *#watch(from: string, heard: { isOpened: boolean; hasNews: boolean }, signal: AbortSignal) {
    const { client, type, selection } = this.#options;
    for await (const event of client.watch(type, { ...selection, resourceVersion: from }, signal)) {
      if (event.type === 'opened') {
        heard.isOpened = true;
        this.#hear();
        continue;
      }
      heard.hasNews = true;
      if (event.type === 'changed') this.#objects.set(event.object.metadata.uid, event.object);
      if (event.type === 'deleted') this.#objects.delete(event.object.metadata.uid);
      this.#hear();
      yield event.resourceVersion;
    }
  }

  #hear(): void {
    this.#status = 'live';
    this.#observedAt = this.#options.now();
    this.#problem = undefined;
    this.#announce();
  }

  #fail(error: unknown): void {
    this.#status = 'stale';
    this.#problem = error instanceof UpstreamError ? error : this.#unexpected(error);
    this.#announce();
  }

  #unexpected(cause: unknown): UpstreamError {
    const { cluster } = this.#options.client;
    return new UpstreamError(`Cluster ${cluster}: reading ${this.#options.type.plural} failed. See the server's log.`, {
      code: 'UPSTREAM_UNREADABLE',
      system: cluster,
      operation: `watch ${this.#options.type.plural}`,
      cause,
    });
  }

  async #pause(failureCount: number, signal: AbortSignal): Promise<void> {
    const { random, delay } = this.#options;
    try {
      await delay(backoffMs(failureCount, { baseMs: 250, capMs: longestPauseMs, random }), signal);
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  #announce(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}

/** Whether the connection was lost, rather than something said that cannot be used. */
function isInterruption(error: unknown): boolean {
  const code = errorCodeOf(error);
  return code === 'UPSTREAM_UNREACHABLE' || code === 'UPSTREAM_TIMEOUT';
}

function delayUnlessAborted(ms: number, signal: AbortSignal): Promise<void> {
  return untilCalled(done => {
    const timer = setTimeout(done, ms);
    return () => clearTimeout(timer);
  }, signal);
}
