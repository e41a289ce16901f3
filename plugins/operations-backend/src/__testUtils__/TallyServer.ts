import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * A real upstream for tests that never refuses: it counts. Whatever is done twice is seen; nothing hides it.
 * `POST /<key>` counts, `GET /<key>` answers the count.
 */
export class TallyServer implements AsyncDisposable {
  readonly counts = new Map<string, number>();
  /** Keys whose POST fails with 500 without being counted. */
  readonly broken = new Set<string>();
  /** Keys whose POST is counted, but gets no answer. */
  readonly mute = new Set<string>();
  /** Keys whose POST is counted at once, but answered only after {@link release}. */
  readonly held = new Set<string>();
  /** How long answers take, in milliseconds. */
  delayMs = 0;
  readonly #server: Server;
  #waiting: Array<() => void> = [];

  private constructor() {
    this.#server = createServer((request, response) => this.#answer(request, response));
  }

  static async start(): Promise<TallyServer> {
    const tallies = new TallyServer();
    await new Promise<void>(resolve => tallies.#server.listen(0, '127.0.0.1', resolve));
    return tallies;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  countOf(key: string): number {
    return this.counts.get(key) ?? 0;
  }

  /** Answers whatever is held. */
  release(): void {
    this.held.clear();
    this.#waiting.forEach(answer => answer());
    this.#waiting = [];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => this.#server.close(resolve));
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const key = request.url?.slice(1) ?? '';
    const isWrite = request.method === 'POST';
    const isBroken = isWrite && this.broken.has(key);
    if (isWrite && !isBroken) this.counts.set(key, this.countOf(key) + 1);
    if (isWrite && this.mute.has(key)) {
      request.socket.destroy();
      return;
    }
    const answer = () => {
      response.writeHead(isBroken ? 500 : 200, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify(this.countOf(key)));
    };
    if (isWrite && this.held.has(key)) this.#waiting.push(answer);
    else setTimeout(answer, this.delayMs);
  }
}
