import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { pipeline } from 'node:stream/promises';
import type { Exchange } from '../core';
import { spawnHttpBackend } from './runGit';

/** A request of git's smart protocol. https://git-scm.com/docs/http-protocol */
export interface GitRequest {
  /** Folder of all repositories. */
  projectRoot: string;
  /** Path below it: `/<owner>/<name>.git/info/refs`, for example. */
  path: string;
  /** Who asks; empty for somebody who is nobody. */
  user: string;
}

/** The most that the headers of a CGI answer may be. */
const headerLimitBytes = 16 * 1024;

/** Lets `git http-backend` answer and waits for its end; the process does not outlive the connection. */
export async function answerGit(exchange: Exchange, gitRequest: GitRequest): Promise<void> {
  const { request, response } = exchange;
  const child = spawnHttpBackend(cgiEnvironment(exchange, gitRequest));
  const stop = () => child.kill('SIGKILL');
  response.once('close', stop);
  const ended = once(child, 'close');
  child.stderr.resume();
  // Git may answer and end before it has read everything: what it does not want is no fault.
  pipeline(request, child.stdin).catch(() => undefined);
  try {
    const body = await readHead(child, exchange);
    response.write(body);
    await pipeline(child.stdout, response);
  } finally {
    await ended;
    response.off('close', stop);
  }
}

/** RFC 3875, 4.1: a CGI program learns of the request by its environment. */
function cgiEnvironment({ request, url }: Exchange, { projectRoot, path, user }: GitRequest): Record<string, string> {
  const { headers } = request;
  return {
    GIT_PROJECT_ROOT: projectRoot,
    GIT_HTTP_EXPORT_ALL: '1',
    REQUEST_METHOD: request.method ?? 'GET',
    PATH_INFO: path,
    QUERY_STRING: url.search.slice(1),
    CONTENT_TYPE: headers['content-type'] ?? '',
    CONTENT_LENGTH: headers['content-length'] ?? '',
    HTTP_CONTENT_ENCODING: headers['content-encoding'] ?? '',
    GIT_PROTOCOL: String(headers['git-protocol'] ?? ''),
    REMOTE_USER: user,
    REMOTE_ADDR: '127.0.0.1',
  };
}

/** Passes status and headers on (RFC 3875, 6.3). @returns the beginning of the body @throws Error when git fails */
async function readHead(child: ChildProcessWithoutNullStreams, { response }: Exchange): Promise<Buffer> {
  let head = Buffer.alloc(0);
  while (head.length < headerLimitBytes) {
    const chunk = (child.stdout.read() as Buffer | null) ?? undefined;
    if (!chunk) {
      if (child.stdout.readableEnded || child.stdout.destroyed) break;
      await Promise.race([once(child.stdout, 'readable'), once(child.stdout, 'end'), once(child.stdout, 'close')]);
      continue;
    }
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf('\r\n\r\n');
    if (end < 0) continue;
    const lines = head.subarray(0, end).toString('latin1').split('\r\n');
    const headers = Object.fromEntries(lines.map(line => line.split(/:\s*/, 2) as [string, string]));
    const { Status: status = '200', ...others } = headers;
    response.writeHead(Number.parseInt(status, 10), others);
    return head.subarray(end + 4);
  }
  throw new Error('git http-backend ended without an answer');
}
