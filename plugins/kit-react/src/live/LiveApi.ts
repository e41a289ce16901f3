import { createApiRef } from '@backstage/core-plugin-api';
import { createClientFactory } from '../client';
import { LiveConnection } from './LiveConnection';

/** How the tab's stream is: `interrupted` means that what is shown may be old and that it tries again by itself. */
export type LiveConnectionState = 'connecting' | 'open' | 'interrupted';

/** What one view wants to hear of one topic. */
export interface LiveListener {
  /** The newest state, as the server sent it; not parsed yet. */
  onMessage(data: unknown): void;
  /** The topic has ended and no message follows until somebody subscribes anew: a `ResponseError` or the server's `{ name, code, message }`. */
  onFailure(error: unknown): void;
  onConnectionState(state: LiveConnectionState): void;
}

/** Live topics of the backend, over one stream per browser tab. */
export interface LiveApi {
  /**
   * Hears of a topic until the returned function is called. A state that the tab knows already is told at once.
   *
   * @param topic `<source>:<name>`, see `@leitstand/plugin-live-common`
   */
  subscribe(topic: string, listener: LiveListener): () => void;
}

/** Reference to {@link LiveApi}. */
export const liveApiRef = createApiRef<LiveApi>({ id: 'leitstand.live' });

/** The live API of an app; put it into an `ApiBlueprint`, or into `apis` of an app on the old frontend system. */
export const liveApiFactory = createClientFactory<LiveApi>(liveApiRef, sources => new LiveConnection(sources));
