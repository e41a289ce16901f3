import { ResponseError } from '@backstage/errors';
import type { BaseUrlSource, FetchSource } from '@leitstand/plugin-kit-common';
import { heartbeatMs, type LiveEvent } from '@leitstand/plugin-live-common';
import { backoffMs, delay } from './backoff';
import type { LiveApi, LiveConnectionState, LiveListener } from './LiveApi';
import { tabVisibility, type PageVisibility } from './pageVisibility';
import { readLiveStream } from './readLiveStream';

/** What a {@link LiveConnection} needs, and its times. */
export interface LiveConnectionOptions {
  discoveryApi: BaseUrlSource;
  fetchApi: FetchSource;
  /** Default: that of the tab. */
  visibility?: PageVisibility;
  /** Default: `Math.random`. */
  random?: () => number;
  /** Waits before another attempt. Default: by timer. */
  delay?: (durationMs: number, signal: AbortSignal) => Promise<void>;
  /** How long changes of the topics are gathered before the stream is opened anew. Default: 50. */
  gatherMs?: number;
  /** Default: three heartbeats. */
  silenceMs?: number;
  /** How long the stream outlasts the tab being hidden. Default: 30,000. */
  hiddenMs?: number;
}

interface Topic {
  listeners: Set<LiveListener>;
  /** The newest state, told to those who come later. */
  last?: { id: string; data: unknown };
  hasFailed: boolean;
}

/**
 * The one stream of a browser tab, shared by its views: a browser has six connections per server, and each tab takes one.
 * It is open only while somebody listens and the tab is seen; it comes back by itself, resuming after the last ids.
 */
export class LiveConnection implements LiveApi {
  readonly #options: Required<LiveConnectionOptions>;
  readonly #topics = new Map<string, Topic>();
  #state: LiveConnectionState = 'connecting';
  /** `topics` is what it carries, sorted, as one text: topics have no spaces. */
  #stream: { topics: string; controller: AbortController } | undefined;
  #gathering: ReturnType<typeof setTimeout> | undefined;
  #hiding: ReturnType<typeof setTimeout> | undefined;
  #stopWatchingVisibility: (() => void) | undefined;

  constructor(options: LiveConnectionOptions) {
    this.#options = {
      visibility: tabVisibility,
      random: Math.random,
      delay,
      gatherMs: 50,
      silenceMs: 3 * heartbeatMs,
      hiddenMs: 30_000,
      ...options,
    };
  }

  subscribe(name: string, listener: LiveListener): () => void {
    const topic = this.#topics.get(name) ?? { listeners: new Set(), hasFailed: false };
    this.#topics.set(name, topic);
    topic.listeners.add(listener);
    topic.hasFailed = false;
    this.#stopWatchingVisibility ??= this.#options.visibility.onChange(() => this.#followVisibility());
    listener.onConnectionState(this.#state);
    if (topic.last) listener.onMessage(topic.last.data);
    this.#gather();
    return () => {
      topic.listeners.delete(listener);
      this.#gather();
    };
  }

  /** Waits for further changes before it looks at the topics: a page mounts its views one after the other. */
  #gather(): void {
    this.#gathering ??= setTimeout(() => {
      this.#gathering = undefined;
      this.#refresh();
    }, this.#options.gatherMs);
  }

  #refresh(): void {
    // Only now: a view that takes over from one that has just left is still told what is known.
    this.#topics.forEach((topic, name) => topic.listeners.size === 0 && this.#topics.delete(name));
    if (this.#topics.size === 0) {
      this.#stopWatchingVisibility?.();
      this.#stopWatchingVisibility = undefined;
      clearTimeout(this.#hiding);
      this.#hiding = undefined;
    }
    const wanted = this.#wantedTopics();
    if (wanted.length > 0 && wanted.join(' ') === this.#stream?.topics) return;
    this.#stop();
    if (wanted.length === 0 || (this.#options.visibility.isHidden() && !this.#hiding)) return;
    const controller = new AbortController();
    this.#stream = { topics: wanted.join(' '), controller };
    void this.#run(controller.signal);
  }

  /** A topic that failed is left out until somebody subscribes to it anew. */
  #wantedTopics(): string[] {
    return [...this.#topics].flatMap(([name, topic]) => (topic.hasFailed ? [] : [name])).sort();
  }

  #stop(): void {
    this.#stream?.controller.abort();
    this.#stream = undefined;
  }

  #followVisibility(): void {
    clearTimeout(this.#hiding);
    this.#hiding = undefined;
    if (!this.#options.visibility.isHidden()) return this.#refresh();
    this.#hiding = setTimeout(() => {
      this.#hiding = undefined;
      this.#stop();
    }, this.#options.hiddenMs);
    return undefined;
  }

  async #run(signal: AbortSignal): Promise<void> {
    for (let attempt = 0; !signal.aborted; attempt++) {
      const topics = this.#wantedTopics();
      try {
        const { discoveryApi, fetchApi, silenceMs } = this.#options;
        const resume = this.#lastIds(topics);
        const onOpen = () => this.#announce('open');
        const request = { topics, resume, silenceMs, discoveryApi, fetchApi, signal, onOpen };
        for await (const event of readLiveStream(request)) {
          if (signal.aborted) return;
          attempt = 0; // not before: a server that accepts and ends at once must not be asked every second
          this.#deliver(event);
        }
      } catch (error) {
        if (signal.aborted) return;
        // Anything else is passing: the views are told below that what they show may be old, and we try again.
        if (isFinal(error)) {
          this.#failAll(topics, error);
          return;
        }
      }
      if (signal.aborted) return;
      this.#announce('interrupted');
      await this.#options.delay(backoffMs(attempt, this.#options.random()), signal);
    }
  }

  #lastIds(topics: string[]): Record<string, string> {
    return Object.fromEntries(
      topics.flatMap(name => {
        const last = this.#topics.get(name)?.last;
        return last ? [[name, last.id]] : [];
      }),
    );
  }

  #deliver(event: LiveEvent): void {
    if (event.type === 'heartbeat') return;
    const topic = this.#topics.get(event.topic);
    if (!topic) return;
    if (event.type === 'failure') {
      this.#fail(topic, event.error);
      // The open stream goes on for the others; it counts as one of them from here on.
      if (this.#stream) this.#stream.topics = this.#wantedTopics().join(' ');
      this.#gather();
      return;
    }
    topic.last = { id: event.id, data: event.data };
    topic.listeners.forEach(listener => listener.onMessage(event.data));
  }

  #fail(topic: Topic, error: unknown): void {
    topic.hasFailed = true;
    topic.last = undefined;
    topic.listeners.forEach(listener => listener.onFailure(error));
  }

  #failAll(topics: string[], error: unknown): void {
    this.#stop();
    for (const name of topics) {
      const topic = this.#topics.get(name);
      if (topic) this.#fail(topic, error);
    }
  }

  #announce(state: LiveConnectionState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#topics.forEach(topic => topic.listeners.forEach(listener => listener.onConnectionState(state)));
  }
}

/** Trying again would be refused again. 401 is not final: the next attempt brings a fresh token. */
function isFinal(error: unknown): boolean {
  if (!(error instanceof ResponseError)) return false;
  return error.statusCode >= 400 && error.statusCode < 500 && ![401, 408, 429].includes(error.statusCode);
}
