import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { once } from 'node:events';

/** Refused: nothing listens. Cut: each connection ends at once. Silent: each is taken, and nothing is ever answered. */
export type DatabaseFault = 'refuse' | 'cut' | 'keep silent';

/** Stands between the door and a real PostgreSQL, which is too dear to be stopped. */
export class DatabaseProxy implements AsyncDisposable {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #fault: DatabaseFault | undefined;
  #port = 0;

  private constructor(target: { host: string; port: number }) {
    this.#server = createServer(socket => {
      this.#keep(socket);
      if (this.#fault === 'cut') socket.destroy();
      if (this.#fault !== undefined) return;
      const upstream = connect(target);
      this.#keep(upstream);
      socket.pipe(upstream).pipe(socket);
    });
  }

  static async start(target: { host: string; port: number }): Promise<DatabaseProxy> {
    const proxy = new DatabaseProxy(target);
    await proxy.#listen();
    return proxy;
  }

  get port(): number {
    return this.#port;
  }

  /** From now on; connections that there are end. */
  async begin(fault: DatabaseFault): Promise<void> {
    this.#fault = fault;
    if (fault === 'refuse') await this.#close();
    else this.#cutAll();
  }

  /** The database is there again. */
  async end(): Promise<void> {
    this.#cutAll();
    if (!this.#server.listening) await this.#listen();
    this.#fault = undefined;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#server.listening) await this.#close();
  }

  #keep(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('error', () => {}); // a cut is what the tests want
    socket.on('close', () => this.#sockets.delete(socket));
  }

  #cutAll(): void {
    this.#sockets.forEach(socket => socket.destroy());
  }

  async #listen(): Promise<void> {
    this.#server.listen(this.#port, '127.0.0.1');
    await once(this.#server, 'listening');
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  async #close(): Promise<void> {
    this.#server.close();
    this.#cutAll();
    await once(this.#server, 'close');
  }
}
