/** Ports of this machine's loopback addresses. */
import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { LauncherError } from './errors.mjs';

/** Both faces of "localhost". */
const LOOPBACK_ADDRESSES = ['127.0.0.1', '::1'];

/**
 * @param {number} port
 * @throws {LauncherError} `port-in-use` if something listens on it on either loopback address; `bad-usage` if it needs
 *   rights that we do not have
 */
export async function assertPortFree(port) {
  for (const host of LOOPBACK_ADDRESSES) {
    const refusal = await tryListen(port, host);
    if (refusal === 'EADDRINUSE') {
      throw new LauncherError('port-in-use', `Port ${port} is in use by another program (perhaps a Leitstand).`, {
        hint: `End that program, or choose another port: npm start -- --port ${port + 3}`,
      });
    }
    if (refusal === 'EACCES') {
      throw new LauncherError('bad-usage', `Port ${port} needs the rights of an administrator.`, {
        hint: 'Choose a port of 1024 or above: npm start -- --port 7010',
      });
    }
  }
}

/** A machine without IPv6 is no obstacle, so other refusals do not count. */
function tryListen(port, host) {
  return new Promise(resolve => {
    const server = createServer();
    server.once('error', error => resolve(error.code));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(undefined)));
  });
}

/**
 * Ports that no system gives away by itself: Linux's begin at 32,768, those of others higher. A port that is found here is not
 * taken by somebody's outgoing connection before its server listens.
 */
const CHOSEN_PORTS = { from: 20_000, to: 32_000 };
const ATTEMPT_COUNT = 50;

/**
 * @returns {Promise<number>} a port that was free on 127.0.0.1 just now, at random: others look for one at the same time
 * @throws {LauncherError} `port-in-use` if none is found
 */
export async function findFreePort() {
  for (let attempt = 0; attempt < ATTEMPT_COUNT; attempt++) {
    const port = randomInt(CHOSEN_PORTS.from, CHOSEN_PORTS.to);
    if ((await tryListen(port, '127.0.0.1')) === undefined) return port;
  }
  throw new LauncherError('port-in-use', `No port from ${CHOSEN_PORTS.from} to ${CHOSEN_PORTS.to} is free.`);
}
