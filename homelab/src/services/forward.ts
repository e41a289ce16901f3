import { request as startRequest } from 'node:http';
import { pipeline } from 'node:stream';
import type { Exchange } from '../core';

/** Of one connection only (RFC 9110, 7.6.1), or for somebody else. */
const notForwarded = ['connection', 'host', 'authorization', 'transfer-encoding', 'keep-alive'];

/**
 * Hands a request on to another server and its answer back; whoever goes away first ends both.
 * @throws the system's error when the server cannot be reached and nothing has been answered yet
 */
export function forward({ request, response }: Exchange, target: URL): Promise<void> {
  const headers = Object.fromEntries(Object.entries(request.headers).filter(([name]) => !notForwarded.includes(name)));
  return new Promise((resolve, reject) => {
    const upstream = startRequest(target, { method: request.method, headers, agent: false });
    upstream.once('error', reject);
    upstream.once('response', answer => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      // A connection that breaks in the middle is passed on as one that breaks.
      pipeline(answer, response, () => resolve());
    });
    response.once('close', () => {
      upstream.destroy();
      resolve();
    });
    request.pipe(upstream);
  });
}
