import { once } from 'node:events';
import { Agent, createServer, get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RootLifecycleService } from '@backstage/backend-plugin-api';
import type { Request, Response } from 'express';
import { drainConnections } from './drainConnections';

/** Keeps the hooks, so that a test says when the server is told to end. */
class Hooks implements RootLifecycleService {
  readonly #before: Array<() => void | Promise<void>> = [];
  readonly #shutdown: Array<() => void | Promise<void>> = [];
  addStartupHook(): void {}
  addBeforeShutdownHook(hook: () => void | Promise<void>): void {
    this.#before.push(hook);
  }
  addShutdownHook(hook: () => void | Promise<void>): void {
    this.#shutdown.push(hook);
  }
  async beforeShutdown() {
    for (const hook of this.#before) await hook();
  }
  async shutdown() {
    for (const hook of this.#shutdown) await hook();
  }
}

async function start() {
  const server = createServer();
  const lifecycle = new Hooks();
  const drain = drainConnections({ server, lifecycle, graceMs: 50 });
  server.on('request', (request: Request, response: Response) =>
    drain(request, response, () => {
      if (request.url === '/') response.end('here');
      else response.flushHeaders(); // and never ends by itself
    }),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const agent = new Agent({ keepAlive: true });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const open = async (path: string) => {
    const [response] = await once(get(`${url}${path}`, { agent }), 'response');
    return response as IncomingMessage;
  };
  const connectionOf = async (path: string) => {
    const response = await open(path);
    await response.resume().toArray();
    return response.headers.connection;
  };
  return { server, lifecycle, open, connectionOf, [Symbol.dispose]: () => agent.destroy() };
}

describe('drainConnections', () => {
  it('keeps connections until the server is told to end, and closes them with the next reply then', async () => {
    using test = await start();
    expect(await test.connectionOf('/')).toBe('keep-alive');
    await test.lifecycle.beforeShutdown();
    expect(await test.connectionOf('/')).toBe('close');
    await test.lifecycle.shutdown();
    test.server.close();
    await once(test.server, 'close');
  });

  it('ends what holds a connection after the plugins have ended', async () => {
    using test = await start();
    const held = await test.open('/held');
    const ended = new Promise(resolve => {
      held.once('error', resolve).resume();
    });
    await test.lifecycle.beforeShutdown();
    await test.lifecycle.shutdown();
    test.server.close();
    await Promise.all([ended, once(test.server, 'close')]);
    expect(held.complete).toBe(false);
  });
});
