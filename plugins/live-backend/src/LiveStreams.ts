import { ServiceUnavailableError } from '@backstage/errors';
import type { AreaFinding } from '@leitstand/plugin-kit-node';
import type { Response } from 'express';
import { EventSink } from './EventSink';
import { LiveStream, type LiveStreamOptions } from './LiveStream';

/** What a reader asks for. */
export interface OpenStreamOptions extends Omit<LiveStreamOptions, 'live' | 'config' | 'sink'> {
  response: Response;
  /** Aborted when the reader goes away. */
  signal: AbortSignal;
}

/** All open streams of the process; it ends them when the process ends, as one open response would keep it alive. */
export class LiveStreams {
  readonly #options: Pick<LiveStreamOptions, 'live' | 'config'>;
  readonly #shutdown = new AbortController();
  readonly #open = new Set<Promise<void>>();

  constructor(options: Pick<LiveStreamOptions, 'live' | 'config'>) {
    this.#options = options;
  }

  /** Whether a stream can be opened. */
  get health(): AreaFinding {
    return this.#shutdown.signal.aborted ? { state: 'down', reason: 'closing' } : { state: 'up' };
  }

  /**
   * Serves one reader to the end.
   *
   * @throws ServiceUnavailableError when the server is shutting down
   */
  async serve(options: OpenStreamOptions): Promise<void> {
    if (this.#shutdown.signal.aborted)
      throw new ServiceUnavailableError('The server is shutting down. Try again soon.');
    const { response, signal, ...request } = options;
    const stream = new LiveStream({ ...this.#options, ...request, sink: EventSink.open(response) });
    const served = stream.serve(AbortSignal.any([signal, this.#shutdown.signal]));
    this.#open.add(served);
    try {
      await served;
    } finally {
      this.#open.delete(served);
    }
  }

  /** Ends every stream and waits until they have. */
  async close(): Promise<void> {
    this.#shutdown.abort();
    await Promise.all(this.#open);
  }
}
