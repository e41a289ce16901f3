import { errorCodeOf } from '@leitstand/plugin-kit-common';
import { isExpiredVersion } from '../client/kubernetesErrors';
import type { KubernetesClient, ObjectSelection, ResourceType } from '../client/KubernetesClient';
import { delayUnlessAborted } from '../lib/delayUnlessAborted';
import { backoffMs } from './backoff';
import { SharedSource } from './SharedSource';

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
 * Keeps a copy of all objects of a type: one list, then a watch that is taken up again where it broke.
 *
 * Source: {@link https://kubernetes.io/docs/reference/using-api/api-concepts/#efficient-detection-of-changes}
 */
export class Reflector<TObject extends Identified> extends SharedSource<TObject> {
  readonly #options: Required<Pick<ReflectorOptions<TObject>, 'client' | 'type' | 'selection' | 'delay' | 'random'>>;

  constructor(options: ReflectorOptions<TObject>) {
    const { client, type, idleMs = 300_000, now } = options;
    super({ cluster: client.cluster, what: type.plural, idleMs, now });
    this.#options = {
      client,
      type,
      selection: options.selection ?? {},
      delay: options.delay ?? delayUnlessAborted,
      random: options.random ?? Math.random,
    };
  }

  protected async follow(signal: AbortSignal): Promise<void> {
    let version: string | undefined;
    let failureCount = 0;
    while (!signal.aborted) {
      const heard = { isOpened: false, hasNews: false };
      const startedAt = this.now().getTime();
      try {
        version ??= await this.#list(signal);
        for await (const reached of this.#watch(version, heard, signal)) version = reached;
      } catch (error) {
        if (signal.aborted) return;
        if (isExpiredVersion(error) && version !== undefined) version = undefined;
        else if (!heard.isOpened) this.fail(error);
        else if (!isInterruption(error)) {
          version = undefined;
          this.fail(error);
        }
        // What is left is a watch that worked and was cut: it is taken up again; only if that fails is the state stale.
      }
      const hasLasted = heard.isOpened && this.now().getTime() - startedAt > longestPauseMs;
      failureCount = heard.hasNews || hasLasted ? 1 : failureCount + 1;
      await this.#pause(failureCount, signal);
    }
  }

  async #list(signal: AbortSignal): Promise<string> {
    const list = await this.#options.client.list(this.#options.type, this.#options.selection, signal);
    this.hear({ objects: new Map(list.items.map(object => [object.metadata.uid, object])) });
    return list.resourceVersion;
  }

  async *#watch(from: string, heard: { isOpened: boolean; hasNews: boolean }, signal: AbortSignal) {
    const { client, type, selection } = this.#options;
    for await (const event of client.watch(type, { ...selection, resourceVersion: from }, signal)) {
      if (event.type === 'opened') {
        heard.isOpened = true;
        this.hear();
        continue;
      }
      heard.hasNews = true;
      if (event.type === 'changed') this.hear({ set: [event.object.metadata.uid, event.object] });
      else if (event.type === 'deleted') this.hear({ deleted: event.object.metadata.uid });
      else this.hear();
      yield event.resourceVersion;
    }
  }

  async #pause(failureCount: number, signal: AbortSignal): Promise<void> {
    const { random, delay } = this.#options;
    try {
      await delay(backoffMs(failureCount, { baseMs: 250, capMs: longestPauseMs, random }), signal);
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }
}

/** Whether the connection was lost, rather than something said that cannot be used. */
function isInterruption(error: unknown): boolean {
  const code = errorCodeOf(error);
  return code === 'UPSTREAM_UNREACHABLE' || code === 'UPSTREAM_TIMEOUT';
}
