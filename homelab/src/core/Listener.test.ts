import { once } from 'node:events';
import { request as secureRequest } from 'node:https';
import { connect } from 'node:net';
import { createCertificate, FaultPlan, Listener, ManualClock, RequestJournal, type Exchange } from '.';

async function start(handle: (exchange: Exchange) => Promise<void>, rest: { clock?: ManualClock } = {}) {
  const faults = new FaultPlan();
  const journal = new RequestJournal();
  const clock = rest.clock ?? new ManualClock();
  const certificate = createCertificate();
  const fail = ({ response }: Exchange, status: number) => {
    response.writeHead(status);
    response.end();
  };
  const listener = await Listener.start({ clock, faults, journal, handle, fail, certificate });
  return { listener, faults, journal, clock, certificate, [Symbol.asyncDispose]: () => listener.close() };
}

async function hello({ response }: Exchange): Promise<void> {
  response.writeHead(200);
  response.write('hello ');
  response.end('world');
}

const outcome = [() => 'answered', () => 'cut'] as const;

describe('Listener', () => {
  it('answers on loopback and journals with the status', async () => {
    await using server = await start(hello);
    expect(server.listener.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(await (await fetch(`${server.listener.url}/a?b=c`)).text()).toBe('hello world');
    expect([...server.journal]).toMatchObject([{ method: 'GET', path: '/a', query: { b: 'c' }, status: 200 }]);
  });

  it('speaks TLS on the same port', async () => {
    await using server = await start(hello);
    const url = server.listener.url.replace('http:', 'https:');
    const request = secureRequest(url, { ca: server.certificate.certificate, agent: false });
    request.end();
    const [response] = (await once(request, 'response')) as [AsyncIterable<Buffer>];
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(chunk);
    expect(Buffer.concat(chunks).toString()).toBe('hello world');
  });

  it('turns a failing handler into a 500 and keeps the reason in the journal', async () => {
    await using server = await start(async () => {
      throw new Error('broken');
    });
    expect((await fetch(server.listener.url)).status).toBe(500);
    expect([...server.journal][0].error).toContain('broken');
  });

  it('fails, delays and cuts as ordered', async () => {
    await using server = await start(hello);
    const { faults, clock, listener, journal } = server;
    faults.next({ path: '/' }, { status: 429 });
    expect((await fetch(listener.url)).status).toBe(429);
    faults.next({ path: '/' }, { delayMs: 1_000 });
    const delayed = fetch(listener.url);
    while (clock.pendingCount === 0) await new Promise(resolve => setTimeout(resolve, 1));
    clock.advance(1_000);
    expect(await (await delayed).text()).toBe('hello world');
    const { promise: until, resolve: goOn } = Promise.withResolvers<void>();
    faults.next({ path: '/held' }, { until });
    const held = fetch(`${listener.url}/held`);
    expect(await (await fetch(listener.url)).text()).toBe('hello world');
    goOn();
    expect(await (await held).text()).toBe('hello world');
    faults.next({ path: '/' }, { action: 'reset', afterBytes: 8 });
    const cut = await fetch(listener.url);
    await expect(cut.text()).rejects.toThrow();
    faults.next({ path: '/' }, { action: 'reset' });
    await expect(fetch(listener.url)).rejects.toThrow();
    expect([...journal].map(entry => entry.status)).toEqual([429, 200, 200, 200, 200, undefined]);
  });

  it('answers as a stranger, lets a body drip, and refuses connections as ordered', async () => {
    await using server = await start(hello);
    const { faults, clock, listener } = server;
    const reply = { status: 429, headers: { 'retry-after': '7' }, body: '<html>busy</html>' };
    faults.next({ path: '/' }, { reply });
    const strange = await fetch(listener.url);
    expect([strange.status, strange.headers.get('retry-after'), await strange.text()]).toEqual([429, '7', reply.body]);
    faults.next({ path: '/' }, { dripMs: 10 });
    const dripping = (await fetch(listener.url)).text();
    for (const _byte of 'hello world') {
      while (clock.pendingCount === 0) await new Promise(resolve => setTimeout(resolve, 1));
      clock.advance(10);
    }
    expect(await dripping).toBe('hello world');
    const refusing = await faults.refuseConnections();
    const refused = connect(Number(new URL(listener.url).port), '127.0.0.1');
    expect(await once(refused, 'error')).toMatchObject([{ code: 'ECONNREFUSED' }]);
    await refusing[Symbol.asyncDispose]();
    const accepted = connect(Number(new URL(listener.url).port), '127.0.0.1');
    await once(accepted, 'connect');
    accepted.destroy();
  });

  it('ends everything on close: open answers, idle sockets and waiting faults', async () => {
    const clock = new ManualClock();
    const server = await start(
      async ({ response }) => {
        response.writeHead(200);
        response.flushHeaders();
      },
      { clock },
    );
    const { listener, faults } = server;
    const open = (await fetch(`${listener.url}/open`)).text().then(...outcome);
    faults.next({ path: '/late' }, { delayMs: 60_000 });
    const late = fetch(`${listener.url}/late`).then(...outcome);
    faults.next({ path: '/held' }, { until: new Promise(() => {}) });
    const held = fetch(`${listener.url}/held`).then(...outcome);
    const idle = connect(Number(new URL(listener.url).port), '127.0.0.1');
    await once(idle, 'connect');
    const hasAll = () => clock.pendingCount > 0 && listener.openSocketCount === 4;
    while (!hasAll()) await new Promise(resolve => setTimeout(resolve, 1));
    const idleClosed = once(idle, 'close');
    await listener.close();
    expect(await Promise.all([open, late, held])).toEqual(['cut', 'cut', 'cut']);
    await idleClosed;
    expect({ sockets: listener.openSocketCount, timers: clock.pendingCount }).toEqual({ sockets: 0, timers: 0 });
  });
});
