import { encodeLiveEvent, type LiveEvent } from '@leitstand/plugin-live-common';
import type { Response } from 'express';

/** The writing end of one stream: one event after the other, at the pace of the reader. */
export class EventSink {
  readonly #response: Response;
  #tail: Promise<void> = Promise.resolve();
  #isBlocked = false;

  private constructor(response: Response) {
    this.#response = response;
  }

  /** Sends the headers; `no-transform` keeps the backend's compression from holding events back. */
  static open(response: Response): EventSink {
    response.writeHead(200, {
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-cache, no-transform',
      'X-Accel-Buffering': 'no',
    });
    response.flushHeaders();
    return new EventSink(response);
  }

  /** Resolves once the reader can take more, or is gone; never rejects. */
  write(event: LiveEvent): Promise<void> {
    this.#tail = this.#tail.then(() => this.#send(event));
    return this.#tail;
  }

  /** Ends the response; a reader that has stopped reading is cut off, or it would hold up the server's end. */
  close(): void {
    if (this.#isBlocked) this.#response.destroy();
    else this.#response.end();
  }

  async #send(event: LiveEvent): Promise<void> {
    if (this.#response.writableEnded || this.#response.destroyed) return;
    if (this.#response.write(encodeLiveEvent(event))) return;
    this.#isBlocked = true;
    await firstOf(this.#response, ['drain', 'close']);
    this.#isBlocked = false;
  }
}

function firstOf(response: Response, names: readonly string[]): Promise<void> {
  return new Promise(resolve => {
    const settle = () => {
      names.forEach(name => response.off(name, settle));
      resolve();
    };
    names.forEach(name => response.once(name, settle));
  });
}
