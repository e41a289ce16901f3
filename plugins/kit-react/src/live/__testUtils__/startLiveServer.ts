import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { encodeLiveEvent, type LiveEvent } from '@leitstand/plugin-live-common';

/** One stream that the server was asked for. */
export interface ServedStream {
  topics: string[];
  resume: Record<string, string>;
  isClosed: boolean;
  send(event: LiveEvent): void;
  end(): void;
}

/** A real HTTP server that speaks the live protocol as told. */
export interface LiveServer extends AsyncDisposable {
  baseUrl: string;
  streams: ServedStream[];
  /** What the next requests are answered with instead of a stream; one each. */
  refusals: number[];
}

/** Starts the server on loopback, on a free port. */
export async function startLiveServer(): Promise<LiveServer> {
  const streams: ServedStream[] = [];
  const refusals: number[] = [];
  const server = createServer((request, response) => {
    const refusal = refusals.shift();
    if (refusal !== undefined) {
      response.writeHead(refusal, { 'Content-Type': 'application/json' });
      response.end(
        JSON.stringify({
          error: { name: 'NotAllowedError', message: 'not for you' },
          response: { statusCode: refusal },
        }),
      );
      return;
    }
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    response.flushHeaders();
    streams.push(serveStream(new URL(request.url ?? '/', 'http://localhost').searchParams, response));
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    streams,
    refusals,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
}

function serveStream(query: URLSearchParams, response: ServerResponse): ServedStream {
  const stream: ServedStream = {
    topics: query.getAll('topic'),
    resume: JSON.parse(query.get('resume') ?? '{}') as Record<string, string>,
    isClosed: false,
    send: event => response.write(encodeLiveEvent(event)),
    end: () => response.end(),
  };
  response.on('close', () => {
    stream.isClosed = true;
  });
  return stream;
}
