import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

/** A lamp as the server shows it. */
export interface Lamp {
  state: 'on' | 'off';
  generation: number;
  /** The entity that the lamp says it belongs to. */
  entityRef?: string;
}

/** A small real upstream for tests: lamps that can be switched over HTTP, unless they have changed since. */
export class LampServer implements AsyncDisposable {
  readonly lamps = new Map<string, Lamp>();
  /** One line for each request, for example `PUT /lamps/hall`. */
  readonly requests: string[] = [];
  /** Keys that requests brought. */
  readonly keys: string[] = [];
  /** While this is set, every answer is this status with a body that nobody should ever see. */
  failWith: number | undefined;
  readonly #server: Server;
  /** Answers to PUT wait here while the server is held. */
  #held: Array<() => void> | undefined;

  private constructor() {
    this.#server = createServer((request, response) => this.#answer(request, response));
  }

  static async start(): Promise<LampServer> {
    const lamps = new LampServer();
    await new Promise<void>(resolve => lamps.#server.listen(0, '127.0.0.1', resolve));
    return lamps;
  }

  get url(): string {
    const address = this.#server.address();
    if (typeof address !== 'object' || !address) throw new Error('The lamp server is not listening');
    return `http://127.0.0.1:${address.port}`;
  }

  /** Lets switched lamps wait for {@link release} before they answer. */
  hold(): void {
    this.#held = [];
  }

  release(): void {
    this.#held?.forEach(answer => answer());
    this.#held = undefined;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => this.#server.close(resolve));
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    this.requests.push(`${request.method} ${request.url}`);
    if (typeof request.headers['x-key'] === 'string') this.keys.push(request.headers['x-key']);
    const lamp = this.lamps.get(request.url?.slice('/lamps/'.length) ?? '');
    if (this.failWith !== undefined) reply(response, this.failWith, { secret: 'upstream-body' });
    else if (!lamp) reply(response, 404, {});
    else if (request.method === 'GET') reply(response, 200, lamp);
    else if (request.headers['if-match'] !== String(lamp.generation)) reply(response, 412, {});
    else {
      lamp.state = request.headers['x-state'] === 'on' ? 'on' : 'off';
      lamp.generation++;
      if (this.#held) this.#held.push(() => reply(response, 200, lamp));
      else reply(response, 200, lamp);
    }
  }
}

function reply(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify(body));
}
