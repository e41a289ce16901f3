import { delayUnlessAborted } from '../lib/delayUnlessAborted';
import { SharedSource, type SharedSourceOptions } from './SharedSource';

/** How a {@link PollingSource} behaves. */
export interface PollingSourceOptions<TObject> extends Omit<SharedSourceOptions, 'idleMs'> {
  /** Reads everything there is. @throws UpstreamError */
  read: (signal: AbortSignal) => Promise<Map<string, TObject>>;
  /** Between two readings, in milliseconds. Default: 15,000, as often as metrics-server measures. */
  intervalMs?: number;
  /** How long it goes on without readers, in milliseconds. Default: 30,000. */
  idleMs?: number;
}

/** For what cannot be watched: reads it again and again, while somebody wants it. */
export class PollingSource<TObject> extends SharedSource<TObject> {
  readonly #read: PollingSourceOptions<TObject>['read'];
  readonly #intervalMs: number;

  constructor(options: PollingSourceOptions<TObject>) {
    super({ ...options, idleMs: options.idleMs ?? 30_000 });
    this.#read = options.read;
    this.#intervalMs = options.intervalMs ?? 15_000;
  }

  protected async follow(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        this.hear({ objects: await this.#read(signal) });
      } catch (error) {
        if (signal.aborted) return;
        this.fail(error);
      }
      await delayUnlessAborted(this.#intervalMs, signal).catch(() => undefined); // left: the loop ends
    }
  }
}
