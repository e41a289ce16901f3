/** Ports of this machine's loopback addresses. */
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
 * @returns {Promise<number>} a port that was free on 127.0.0.1 just now
 */
export function findFreePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
