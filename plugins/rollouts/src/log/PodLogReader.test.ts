import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { RolloutsClient } from '@leitstand/plugin-rollouts-common';
import { waitFor } from '@testing-library/react';
import { PodLogReader, type PodLogRequest, type PodLogState } from './PodLogReader';

type Answer = (request: URLSearchParams, response: ServerResponse) => void;

/** A real server that answers one request after the other as told; the last answer goes on. */
async function startLogServer(answers: Answer[]) {
  const queries: Record<string, string>[] = [];
  const closed: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    const query = new URL(request.url ?? '/', 'http://localhost').searchParams;
    queries.push(Object.fromEntries(query));
    response.on('close', () => closed.push(request));
    (answers[queries.length - 1] ?? answers[answers.length - 1])(query, response);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const rollouts = new RolloutsClient({
    discoveryApi: { getBaseUrl: async () => baseUrl },
    fetchApi: { fetch },
  });
  const stop = async () => {
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
  };
  return { rollouts, queries, closed, [Symbol.asyncDispose]: stop };
}

/** Lines at these seconds after eight o'clock. */
const linesAt = (...seconds: number[]) =>
  seconds.map(second => `2026-03-01T08:00:${String(second).padStart(2, '0')}.5Z line ${second}\n`).join('');
const refuse =
  (statusCode: number, error: { name: string; message: string; code?: string }): Answer =>
  (_, response) => {
    response.writeHead(statusCode, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify({ error, response: { statusCode } }));
  };

const request: PodLogRequest = {
  cluster: 'k3s',
  namespace: 'shop',
  pod: 'backend-1',
  container: 'backend',
  isPrevious: false,
  tailLines: 500,
  isFollowing: true,
};

function readFrom(rollouts: RolloutsClient, overrides: Partial<PodLogRequest> = {}) {
  const states: PodLogState[] = [];
  const reader = PodLogReader.open({
    rollouts,
    request: { ...request, ...overrides },
    onChange: state => states.push(state),
    gatherMs: 1,
    delay: async () => {},
  });
  return { states, last: () => states[states.length - 1], [Symbol.dispose]: () => reader.close() };
}
const textsOf = (state: PodLogState | undefined) => state?.buffer.lines.map(line => line.text);

describe('PodLogReader', () => {
  it('comes back after a break without repeating or losing a line', async () => {
    await using server = await startLogServer([
      (_, response) => response.write(linesAt(1, 2), () => response.destroy()),
      (_, response) => response.write(linesAt(1, 2, 2, 3)),
    ]);
    using reading = readFrom(server.rollouts);
    await waitFor(() => expect(textsOf(reading.last())).toEqual(['line 1', 'line 2', 'line 2', 'line 3']));
    expect(reading.last()).toMatchObject({ phase: 'reading', hasGap: false });
    expect(reading.states.map(state => state.phase)).toContain('waiting');
    expect(server.queries).toEqual([
      { container: 'backend', previous: 'false', follow: 'true', tailLines: '500' },
      { container: 'backend', previous: 'false', follow: 'true', tailLines: '5000' },
    ]);
  });

  it('says that lines may be missing when none of them is known', async () => {
    await using server = await startLogServer([
      (_, response) => response.end(linesAt(1)),
      (_, response) => response.write(linesAt(5)),
    ]);
    using reading = readFrom(server.rollouts);
    await waitFor(() => expect(textsOf(reading.last())).toEqual(['line 1', 'line 5']));
    expect(reading.last()?.hasGap).toBe(true);
  });

  it('ends with the log where nobody follows', async () => {
    await using server = await startLogServer([(_, response) => response.end(linesAt(1, 2))]);
    using reading = readFrom(server.rollouts, { isFollowing: false, isPrevious: true });
    await waitFor(() => expect(reading.last()?.phase).toBe('ended'));
    expect(textsOf(reading.last())).toEqual(['line 1', 'line 2']);
    expect(server.queries).toEqual([{ container: 'backend', previous: 'true', follow: 'false', tailLines: '500' }]);
  });

  it('waits for a container that has not started, and gives up where it is refused', async () => {
    const waiting = refuse(409, { name: 'ConflictError', message: 'It is being created', code: 'LOG_NOT_AVAILABLE' });
    await using server = await startLogServer([waiting, refuse(403, { name: 'NotAllowedError', message: 'no' })]);
    using reading = readFrom(server.rollouts);
    await waitFor(() => expect(reading.last()?.phase).toBe('failed'));
    expect(reading.states.map(state => state.phase)).toEqual(['waiting', 'failed']);
    expect(server.queries).toHaveLength(2);
  });

  it('lets go of the connection when it is closed, and tells nothing more', async () => {
    await using server = await startLogServer([(_, response) => response.write(linesAt(1))]);
    const reading = readFrom(server.rollouts);
    await waitFor(() => expect(textsOf(reading.last())).toEqual(['line 1']));
    const count = reading.states.length;
    reading[Symbol.dispose]();
    await waitFor(() => expect(server.closed).toHaveLength(1));
    expect(reading.states).toHaveLength(count);
  });
});
