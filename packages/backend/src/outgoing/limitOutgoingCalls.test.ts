import { createServer, request as httpRequest, Agent, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { letFetchSeeLimits } from '../__testUtils__/letFetchSeeLimits';
import { limitOutgoingCalls, type OutgoingLimits } from './limitOutgoingCalls';

/** Answers `/silent` never, `/slow` byte by byte, `/stuck` by half, `/quick` at once. */
async function startServer(): Promise<{ url: string } & AsyncDisposable> {
  const server: Server = createServer(async ({ url }, response) => {
    if (url === '/silent') return;
    response.writeHead(200, { 'Content-Length': 8 });
    if (url === '/quick') response.end('complete');
    else if (url === '/stuck') response.write('half');
    else
      for (const letter of 'complete') {
        response.write(letter);
        await setTimeout(20);
      }
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise(resolve => {
        server.close(resolve);
      });
    },
  };
}

async function byFetch(url: string): Promise<string> {
  try {
    return await (await fetch(url)).text();
  } catch (error) {
    return (error as { cause?: Error }).cause?.message ?? String(error);
  }
}

function byRequest(url: string, options: { agent?: Agent; timeout?: number } = {}): Promise<string> {
  return new Promise(resolve => {
    const fail = (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message);
    const request = httpRequest(url, options, response => {
      text(response).then(resolve, fail);
    });
    request.on('error', fail);
    request.end();
  });
}

const patientMs = 60_000;
const limits = { headersMs: 200, bodyMs: 200 };
const isOver = (call: Promise<string>) => Promise.race([call.then(() => true), setTimeout(400, false)]);

describe('limitOutgoingCalls', () => {
  it('ends what is silent for too long, by fetch and by node:http, and nothing else', async () => {
    await using server = await startServer();
    const ask = async (path: string, chosen: OutgoingLimits) => {
      using _limits = limitOutgoingCalls(chosen);
      using _seen = letFetchSeeLimits();
      return await Promise.all([byFetch(server.url + path), byRequest(server.url + path)]);
    };
    const patient = { headersMs: patientMs, bodyMs: patientMs };
    for (const path of ['/quick', '/slow']) expect(await ask(path, patient)).toEqual(['complete', 'complete']);
    expect(await ask('/silent', limits)).toEqual([
      ...[expect.stringContaining('Headers Timeout Error'), expect.stringContaining('timed out')],
    ]);
    expect(await ask('/stuck', limits)).toEqual([
      ...[expect.stringMatching(/terminated|Timeout Error/), expect.stringMatching(/timed out|ECONNRESET/)],
    ]);
  });

  it('leaves alone whoever brings an agent, and the portal itself', async () => {
    await using server = await startServer();
    const agent = new Agent();
    using _limits = limitOutgoingCalls({ ...limits, isOwn: ({ origin }) => origin === server.url });
    using _seen = letFetchSeeLimits();
    const own = [byFetch(`${server.url}/stuck`), byRequest(`${server.url}/stuck`)];
    expect(await Promise.all(own.map(isOver))).toEqual([false, false]);
    using _others = limitOutgoingCalls(limits);
    expect(await isOver(byRequest(`${server.url}/stuck`, { agent }))).toBe(false);
    agent.destroy();
  });

  it('lets everybody wait again once it is disposed of', async () => {
    await using server = await startServer();
    limitOutgoingCalls(limits)[Symbol.dispose]();
    using _seen = letFetchSeeLimits();
    const calls = [byFetch(`${server.url}/silent`), byRequest(`${server.url}/silent`)];
    expect(await Promise.all(calls.map(isOver))).toEqual([false, false]);
  });

  it('keeps to a time that a caller has set but does not listen to', async () => {
    await using server = await startServer();
    using _limits = limitOutgoingCalls({ headersMs: patientMs, bodyMs: patientMs });
    expect(await byRequest(`${server.url}/stuck`, { timeout: 100 })).toMatch(/timed out|ECONNRESET/);
  });
});
