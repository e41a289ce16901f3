import { ResponseError } from '@backstage/errors';
import type { BaseUrlSource, FetchSource } from '@leitstand/plugin-kit-common';
import { decodeLiveEvents, type LiveEvent } from '@leitstand/plugin-live-common';

/** One connection of the live stream. */
export interface LiveStreamRequest {
  topics: string[];
  /** Topic → id of the last state seen. */
  resume: Record<string, string>;
  /** After so long without an event, heartbeats included, the connection counts as dead. */
  silenceMs: number;
  discoveryApi: BaseUrlSource;
  fetchApi: FetchSource;
  signal: AbortSignal;
  /** Told when the server has accepted; where nothing has changed the first event is a heartbeat, some time later. */
  onOpen: () => void;
}

/**
 * Opens the stream and yields its events until the server ends it.
 *
 * @throws ResponseError when the server refuses
 * @throws Error when the connection breaks, falls silent, carries something else, or is aborted
 */
export async function* readLiveStream(request: LiveStreamRequest): AsyncGenerator<LiveEvent> {
  const silence = new AbortController();
  const watch = () => setTimeout(() => silence.abort(new Error('The live stream fell silent')), request.silenceMs);
  let watchdog = watch();
  try {
    const response = await request.fetchApi.fetch(await urlOf(request), {
      headers: { Accept: 'text/event-stream' },
      signal: AbortSignal.any([request.signal, silence.signal]),
    });
    if (!response.ok) throw await ResponseError.fromResponse(response);
    if (!response.body) throw new Error('The live stream has no body');
    request.onOpen();
    for await (const event of decodeLiveEvents(response.body)) {
      clearTimeout(watchdog);
      watchdog = watch();
      yield event;
    }
  } finally {
    clearTimeout(watchdog);
  }
}

async function urlOf(request: LiveStreamRequest): Promise<string> {
  const query = new URLSearchParams(request.topics.map(topic => ['topic', topic]));
  if (Object.keys(request.resume).length > 0) query.set('resume', JSON.stringify(request.resume));
  return `${await request.discoveryApi.getBaseUrl('live')}/v1/stream?${query}`;
}
