import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { createServer as createSocketServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { Clock } from './Clock';
import type { Certificate } from './createCertificate';
import type { FaultEffect, FaultPlan } from './FaultPlan';
import type { JournalEntry, RequestJournal } from './RequestJournal';

/** One request with its answer and its line in the journal, to which the handler may add. */
export interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  url: URL;
  entry: JournalEntry;
}

/** What a listener needs. */
export interface ListenerOptions {
  /** 0, the default, takes a free port. */
  port?: number;
  clock: Clock;
  faults: FaultPlan;
  journal: RequestJournal;
  handle(exchange: Exchange): Promise<void>;
  /** Answers with an error status in the served system's own form; also used when `handle` throws. */
  fail(exchange: Exchange, status: number): void;
  /** With it the same port speaks TLS as well, for clients that send no credentials without. */
  certificate?: Certificate;
}

/** First byte of a TLS connection: a handshake record (RFC 8446, 5.1). */
const tlsHandshake = 0x16;

/** An HTTP server (HTTP/1.1, RFC 9112) on 127.0.0.1 that owns its sockets: once closed, none is left. */
export class Listener implements AsyncDisposable {
  private readonly sockets = new Set<Socket>();
  private readonly closing = new AbortController();
  private readonly whenClosing = new Promise<void>(resolve => {
    this.closing.signal.addEventListener('abort', () => resolve());
  });
  private port = 0;

  private constructor(
    private readonly server: Server,
    private readonly options: ListenerOptions,
  ) {}

  /** @throws the system's error when the port is taken */
  static async start(options: ListenerOptions): Promise<Listener> {
    const server = createSocketServer();
    const listener = new Listener(server, options);
    const answer = (request: IncomingMessage, response: ServerResponse) => void listener.answer(request, response);
    const plain = createServer(answer);
    const { certificate: cert, privateKey: key } = options.certificate ?? {};
    const secure = cert ? createSecureServer({ cert, key }, answer) : undefined;
    server.on('connection', socket => {
      listener.own(socket);
      socket.once('readable', () => {
        const first = socket.read(1) as Buffer | null;
        if (!first) return;
        socket.unshift(first);
        (secure && first[0] === tlsHandshake ? secure : plain).emit('connection', socket);
      });
    });
    await listener.listen(options.port ?? 0);
    listener.port = (server.address() as AddressInfo).port;
    options.faults.guard({ shut: () => listener.leave(), open: () => listener.listen(listener.port) });
    return listener;
  }

  /** `http://127.0.0.1:<port>`, without a slash at the end. */
  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get openSocketCount(): number {
    return this.sockets.size;
  }

  /** Cuts every connection and gives the port back. */
  async close(): Promise<void> {
    if (this.closing.signal.aborted) return;
    this.closing.abort();
    await this.leave();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  private listen(port: number): Promise<void> {
    return new Promise<void>((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, '127.0.0.1', () => {
        this.server.off('error', reject);
        resolve();
      });
    });
  }

  /** Cuts every connection and takes no more. */
  private async leave(): Promise<void> {
    const ended = [...this.sockets].map(socket => once(socket, 'close'));
    await new Promise<void>(resolve => {
      this.server.close(() => resolve());
      for (const socket of this.sockets) socket.destroy();
    });
    await Promise.all(ended);
  }

  private own(socket: Socket): void {
    this.sockets.add(socket);
    // A client that goes away in the middle is no fault of ours; 'close' follows and is what counts.
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.sockets.delete(socket));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const exchange = this.open(request, response);
    try {
      const effect = this.options.faults.take({ method: exchange.entry.method, path: exchange.entry.path });
      if (effect && (await this.applyFault(exchange, effect))) return;
      await this.options.handle(exchange);
    } catch (error) {
      // What failed inside a handler is a fault of the homelab: the client sees a 500, the journal says why.
      exchange.entry.error = error instanceof Error ? (error.stack ?? error.message) : String(error);
      if (!response.headersSent) this.options.fail(exchange, 500);
      else response.destroy();
    }
  }

  private open(request: IncomingMessage, response: ServerResponse): Exchange {
    const { clock, journal } = this.options;
    const url = new URL(request.url ?? '/', this.url);
    const entry: JournalEntry = {
      at: new Date(clock.now()).toISOString(),
      method: request.method ?? 'GET',
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      userAgent: request.headers['user-agent'],
    };
    journal.add(entry);
    const writeHead = response.writeHead.bind(response) as (...args: unknown[]) => ServerResponse;
    response.writeHead = ((...args: unknown[]) => {
      entry.status = args[0] as number;
      return writeHead(...args);
    }) as typeof response.writeHead;
    return { request, response, url, entry };
  }

  /** @returns true when the fault has answered and nothing is left to do */
  private async applyFault(exchange: Exchange, effect: FaultEffect): Promise<boolean> {
    if ('status' in effect) {
      this.options.fail(exchange, effect.status);
      return true;
    }
    if ('reply' in effect) {
      const { status = 200, headers, body } = effect.reply;
      exchange.response.writeHead(status, headers).end(body);
      return true;
    }
    if ('dripMs' in effect) {
      drip(exchange, () => this.delay(effect.dripMs));
      return false;
    }
    if ('delayMs' in effect) {
      await this.delay(effect.delayMs);
      return this.closing.signal.aborted;
    }
    if ('until' in effect) {
      await Promise.race([effect.until, this.whenClosing]);
      return this.closing.signal.aborted;
    }
    if (effect.afterBytes === undefined) {
      cut(exchange.request.socket);
      return true;
    }
    resetAfter(exchange, effect.afterBytes);
    return false;
  }

  private delay(delayMs: number): Promise<void> {
    return new Promise(resolve => {
      const timer = this.options.clock.setTimeout(resolve, delayMs);
      this.closing.signal.addEventListener('abort', () => {
        timer.cancel();
        resolve();
      });
    });
  }
}

/** Ends a connection without a goodbye; one inside TLS cannot be reset, so that it is just torn down. */
function cut(socket: Socket): void {
  if ('encrypted' in socket) socket.destroy();
  else socket.resetAndDestroy();
}

/** Lets `limitBytes` of the body through, then cuts the connection. */
function resetAfter(exchange: Exchange, limitBytes: number): void {
  const { response, request } = exchange;
  const write = response.write.bind(response) as (chunk: Buffer, callback?: () => void) => boolean;
  let left = limitBytes;
  const pass = (chunk: unknown): boolean => {
    if (chunk === undefined || chunk === null) return true;
    const bytes = Buffer.from(chunk as string);
    if (bytes.length <= left) {
      left -= bytes.length;
      return write(bytes);
    }
    write(bytes.subarray(0, left), () => cut(request.socket));
    left = 0;
    return false;
  };
  response.write = ((chunk: unknown) => pass(chunk)) as typeof response.write;
  const end = response.end.bind(response) as () => ServerResponse;
  response.end = ((chunk?: unknown) => (pass(chunk) ? end() : response)) as typeof response.end;
}

/** Keeps the body back until it is complete, then lets a byte through after each pause. */
function drip({ response }: Exchange, pause: () => Promise<void>): void {
  const chunks: Buffer[] = [];
  const write = response.write.bind(response) as (chunk: Buffer) => boolean;
  const end = response.end.bind(response) as () => ServerResponse;
  const keep = (chunk: unknown) => void (chunk && chunks.push(Buffer.from(chunk as string)));
  response.write = ((chunk: unknown) => {
    keep(chunk);
    return true;
  }) as typeof response.write;
  const release = async () => {
    for (const byte of Buffer.concat(chunks)) {
      write(Buffer.of(byte));
      await pause();
      if (response.destroyed) return;
    }
    end();
  };
  response.end = ((chunk?: unknown) => {
    keep(chunk);
    void release();
    return response;
  }) as typeof response.end;
}
