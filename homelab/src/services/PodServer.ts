import { FaultPlan, Listener, RequestJournal, type Clock, type Exchange, type Timer } from '../core';
import { isSince, type ImageService, type ServiceContext, type ServiceReply } from './ImageService';
import { Metrics } from './Metrics';
import { PodLoad } from './PodLoad';

/** What a pod's process is started with. */
export interface PodServerOptions extends Pick<ServiceContext, 'tag' | 'podName' | 'bigQuery' | 'shared' | 'call'> {
  service: ImageService;
  clock: Clock;
}

const maxBodyBytes = 64 * 1024;
/** Time that a request takes at least, however idle the pod. */
const networkMs = 2;

const notJson: ServiceReply = { status: 400, body: { error: 'the body is not JSON of at most 64 KiB' } };

/** Reads a JSON body; undefined when there is none. @throws SyntaxError when it is not JSON, or too long */
async function readJson(exchange: Exchange): Promise<unknown> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of exchange.request as AsyncIterable<Buffer>) {
    sizeBytes += chunk.length;
    if (sizeBytes > maxBodyBytes) throw new SyntaxError('too long');
    chunks.push(chunk);
  }
  const body = Buffer.concat(chunks);
  return body.length > 0 ? JSON.parse(body.toString()) : undefined;
}

/** The process of one pod: it listens on a port of its own from the first request on, and ends with its pod. */
export class PodServer implements AsyncDisposable {
  readonly load: PodLoad;
  private readonly metrics = new Metrics();
  private readonly waits = new Set<Timer>();
  private listener: Promise<Listener> | undefined;

  constructor(private readonly options: PodServerOptions) {
    const { clock, service, tag } = options;
    this.load = new PodLoad(clock);
    this.metrics.set('process_start_time_seconds', 'Start time of the process', clock.now() / 1000);
    for (const { name, help, since } of service.counters ?? []) {
      if (isSince(tag, since)) this.metrics.count(name, help, { amount: 0 });
    }
  }

  /** Address of its port: `http://127.0.0.1:<port>`. */
  async listen(): Promise<string> {
    this.listener ??= Listener.start({
      clock: this.options.clock,
      faults: new FaultPlan(),
      journal: new RequestJournal(0),
      handle: exchange => this.handle(exchange),
      fail: (exchange, status) => this.respond(exchange, { status, body: { error: 'internal error' } }),
    });
    return (await this.listener).url;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const timer of this.waits) timer.cancel();
    this.waits.clear();
    await (await this.listener)?.close();
  }

  private async handle(exchange: Exchange): Promise<void> {
    const { cpuMs } = this.options.service;
    this.load.begin();
    try {
      // One processor is shared by all requests in flight.
      await this.wait(networkMs + cpuMs * this.load.inFlightCount);
      this.metrics.count('process_cpu_seconds_total', 'Processor time spent', { amount: cpuMs / 1000 });
      this.metrics.set('http_requests_in_flight', 'Requests that are being answered', this.load.inFlightCount);
      const reply = await this.answer(exchange);
      this.respond(exchange, reply);
      const labels = { method: exchange.entry.method, status: String(reply.status ?? 200) };
      this.metrics.count('http_requests_total', 'Requests that were answered', { labels });
    } finally {
      this.load.end();
    }
  }

  private wait(delayMs: number): Promise<void> {
    return new Promise(resolve => {
      const timer = this.options.clock.setTimeout(() => {
        this.waits.delete(timer);
        resolve();
      }, delayMs);
      this.waits.add(timer);
    });
  }

  private async answer(exchange: Exchange): Promise<ServiceReply> {
    const { service, clock, ...context } = this.options;
    const { url, entry } = exchange;
    const known = service.routes.filter(route => isSince(context.tag, route.since) && route.path.test(url.pathname));
    const route = known.find(({ method = 'GET' }) => method === entry.method);
    if (!route) return { status: known.length > 0 ? 405 : 404, body: { error: 'not found' } };
    let body: unknown;
    try {
      body = await readJson(exchange);
    } catch (error) {
      if (error instanceof SyntaxError) return notJson;
      throw error;
    }
    const groups = route.path.exec(url.pathname)?.slice(1) ?? [];
    return route.answer(
      { method: entry.method, url, groups, body },
      { ...context, now: clock.now(), metrics: this.metrics },
    );
  }

  private respond(exchange: Exchange, reply: ServiceReply): void {
    const isText = typeof reply.body === 'string';
    const contentType = reply.contentType ?? (isText ? 'text/plain; charset=utf-8' : 'application/json');
    exchange.response.writeHead(reply.status ?? 200, { 'content-type': contentType });
    exchange.response.end(isText ? reply.body : JSON.stringify(reply.body));
  }
}
