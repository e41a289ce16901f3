import { createServiceFactory, createServiceRef, type BackstageCredentials } from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';

/** One state of a topic: whole, so that a reader that missed one loses nothing. */
export interface LiveState {
  /** Changes whenever `data` does; no white space, at most 200 characters. */
  id: string;
  /** JSON that fits the topic's own contract. */
  data: unknown;
}

/** Serves all topics whose name starts with `<prefix>:`. */
export interface LiveSource {
  /** Lower-case letters and dashes, for example `operations`. */
  prefix: string;
  /**
   * Lets the reader through or throws; called when a stream starts and every minute while it lasts.
   *
   * @throws NotAllowedError, NotFoundError
   */
  authorize(topic: string, credentials: BackstageCredentials): Promise<void>;
  /** Yields the present state at once and the newest one after each change, until the signal aborts. */
  states(topic: string, options: { signal: AbortSignal }): AsyncIterable<LiveState>;
}

/** Where backend plugins offer what they know as live topics; `@leitstand/plugin-live-backend` streams them. */
export interface LiveService {
  /** @throws ConflictError when the prefix is taken */
  addSource(source: LiveSource): void;
  /** The source of a topic; undefined where no plugin offers it. */
  findSource(topic: string): LiveSource | undefined;
}

class DefaultLiveService implements LiveService {
  readonly #sources = new Map<string, LiveSource>();

  addSource(source: LiveSource): void {
    if (this.#sources.has(source.prefix)) {
      throw new ConflictError(`Two plugins offer live topics that start with ${source.prefix}:`);
    }
    this.#sources.set(source.prefix, source);
  }

  findSource(topic: string): LiveSource | undefined {
    return this.#sources.get(topic.slice(0, topic.indexOf(':')));
  }
}

/** One per backend process, so that the stream of one plugin serves the topics of all. */
export const liveServiceRef = createServiceRef<LiveService>({
  id: 'leitstand.live',
  scope: 'root',
  defaultFactory: async service => createServiceFactory({ service, deps: {}, factory: () => new DefaultLiveService() }),
});
