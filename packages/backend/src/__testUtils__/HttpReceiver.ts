import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A request as it came over the wire. */
export interface ReceivedRequest {
  path: string;
  authorization: string | undefined;
  body: string;
}

/** A server on a loopback socket that keeps what it is asked, and answers what the test says. */
export class HttpReceiver implements AsyncDisposable {
  readonly requests: ReceivedRequest[] = [];
  readonly #server: Server;

  readonly port: number;

  private constructor(server: Server) {
    this.#server = server;
    this.port = (server.address() as AddressInfo).port;
  }

  /** @param answer - JSON of the answer, for each request; @param port - default: any that is free */
  static async start(answer: (request: ReceivedRequest) => object, port = 0): Promise<HttpReceiver> {
    const server = createServer((request, response) => {
      void text(request).then(body => {
        const received = { path: request.url ?? '', authorization: request.headers.authorization, body };
        receiver.requests.push(received);
        response.setHeader('Content-Type', 'application/json').end(JSON.stringify(answer(received)));
      });
    });
    await new Promise<void>(resolve => server.listen(port, '127.0.0.1', resolve));
    const receiver = new HttpReceiver(server);
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => this.#server.close(resolve));
  }
}
