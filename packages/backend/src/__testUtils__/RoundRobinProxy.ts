import { once } from 'node:events';
import { createServer, request as startRequest, Agent, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';

const readinessPath = '/.backstage/health/v1/readiness';
const checkIntervalMs = 250;
const noTimeoutMs = 0;

/**
 * What stands in front of replicas: sends each request to the next one that says it is ready, over connections that it keeps,
 * and tries none a second time. A request that a replica fails is answered 502, as proxies do.
 */
export class RoundRobinProxy implements AsyncDisposable {
  readonly #server = createServer((request, response) => this.#forward(request, response));
  readonly #agent = new Agent({ keepAlive: true });
  readonly #ended = new AbortController();
  readonly #ready = new Set<string>();
  #targets: string[] = [];
  #next = 0;
  /** How many requests each target was sent. */
  readonly counts = new Map<string, number>();

  private constructor() {}

  static async start(): Promise<RoundRobinProxy> {
    const proxy = new RoundRobinProxy();
    proxy.#server.listen(0, '127.0.0.1');
    await once(proxy.#server, 'listening');
    return proxy;
  }

  get url(): string {
    return `http://localhost:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Where requests go from now on, for example `http://127.0.0.1:7008`. Called once. */
  watch(targets: string[]): void {
    this.#targets = targets;
    for (const target of targets) void this.#check(target);
  }

  /** Resolves when as many replicas as that are ready. */
  async untilReady(count: number): Promise<void> {
    while (this.#ready.size !== count) await setTimeout(50, undefined, { signal: this.#ended.signal });
  }

  async #check(target: string): Promise<void> {
    const signal = this.#ended.signal;
    while (!signal.aborted) {
      const isReady = await fetch(target + readinessPath, { signal }).then(
        async response => {
          await response.body?.cancel();
          return response.ok;
        },
        () => false, // not listening
      );
      if (isReady) this.#ready.add(target);
      else this.#ready.delete(target);
      await setTimeout(checkIntervalMs, undefined, { signal }).catch(() => undefined);
    }
  }

  #forward(request: IncomingMessage, response: ServerResponse): void {
    const ready = this.#targets.filter(target => this.#ready.has(target));
    const target = ready[this.#next++ % ready.length];
    if (!target) {
      response.writeHead(503).end('no replica is ready');
      return;
    }
    this.counts.set(target, (this.counts.get(target) ?? 0) + 1);
    const upstream = startRequest(target + request.url, {
      method: request.method,
      headers: request.headers,
      agent: this.#agent,
      timeout: noTimeoutMs,
    });
    upstream.once('response', answer => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
      answer.once('error', () => response.destroy());
    });
    upstream.once('error', error => {
      if (response.headersSent) response.destroy();
      else response.writeHead(502).end(error.message);
    });
    response.once('close', () => upstream.destroy());
    request.pipe(upstream);
  }

  async [Symbol.asyncDispose]() {
    this.#ended.abort();
    this.#agent.destroy();
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}
