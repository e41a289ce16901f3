import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import { describeSafely } from '@leitstand/plugin-kit-node';
import type { LiveService } from '@leitstand/plugin-live-node';
import type { LiveConfig } from './config';
import type { EventSink } from './EventSink';
import { pause, repeat } from './timing';

/** What one stream needs. */
export interface LiveStreamOptions {
  live: LiveService;
  config: LiveConfig;
  topics: readonly string[];
  /** Last id seen, by topic; a state with that id is not sent again. */
  resume: Readonly<Record<string, string>>;
  credentials: BackstageCredentials;
  sink: EventSink;
}

/** One reader's stream: a subscription per topic, heartbeats, and the end of the reader's credentials. */
export class LiveStream {
  readonly #options: LiveStreamOptions;
  readonly #end = new AbortController();

  constructor(options: LiveStreamOptions) {
    this.#options = options;
  }

  /** Serves until the signal aborts or the credentials expire; never rejects. */
  async serve(signal: AbortSignal): Promise<void> {
    const { topics, config, sink } = this.#options;
    const end = () => this.#end.abort();
    signal.addEventListener('abort', end, { once: true });
    if (signal.aborted) end();
    this.#end.signal.addEventListener('abort', () => sink.close(), { once: true });
    await Promise.all([
      ...[...new Set(topics)].map(topic => this.#follow(topic)),
      repeat(() => sink.write({ type: 'heartbeat' }), { intervalMs: config.heartbeatMs, signal: this.#end.signal }),
      this.#endWithCredentials(),
    ]);
    signal.removeEventListener('abort', end);
  }

  async #follow(topic: string): Promise<void> {
    const { live, credentials, config, resume, sink } = this.#options;
    const topicEnd = new AbortController();
    const signal = AbortSignal.any([this.#end.signal, topicEnd.signal]);
    let recheck: Promise<void> | undefined;
    try {
      const source = live.findSource(topic);
      if (!source) throw new NotFoundError(`Nothing here offers the live topic ${topic}`);
      await source.authorize(topic, credentials);
      recheck = repeat(() => source.authorize(topic, credentials), { intervalMs: config.authorizationCheckMs, signal });
      recheck.catch(refusal => topicEnd.abort(refusal));
      let lastId = Object.hasOwn(resume, topic) ? resume[topic] : undefined;
      for await (const state of source.states(topic, { signal })) {
        if (signal.aborted) break;
        if (state.id === lastId) continue;
        lastId = state.id;
        await sink.write({ type: 'message', topic, id: state.id, data: state.data });
      }
      await recheck; // a topic that has nothing more to say ends with the stream, or with the right to read it
    } catch (error) {
      if (!this.#end.signal.aborted) await sink.write({ type: 'failure', topic, error: describeSafely(error) });
    } finally {
      topicEnd.abort();
    }
  }

  async #endWithCredentials(): Promise<void> {
    const { expiresAt } = this.#options.credentials;
    if (!expiresAt) return;
    await pause(expiresAt.getTime() - Date.now(), this.#end.signal);
    this.#end.abort();
  }
}
