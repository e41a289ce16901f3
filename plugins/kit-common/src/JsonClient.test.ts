import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { z } from 'zod/v3';
import { errorCodeOf } from './errorCode';
import { JsonClient } from './JsonClient';

/** A real server that tells what it got, or fails as the path says. */
async function echo(request: IncomingMessage, response: ServerResponse): Promise<void> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  const status = request.url?.startsWith('/api/things/missing') ? 404 : 200;
  response.writeHead(status, { 'Content-Type': 'application/json' });
  if (status === 404) {
    const error = { name: 'NotFoundError', message: 'There is no such thing', code: 'THING_NOT_FOUND' };
    response.end(JSON.stringify({ error, request: {}, response: { statusCode: 404 } }));
  } else if (request.url?.startsWith('/api/things/slow')) {
    response.write('{'); // and never the rest
  } else {
    const type = request.headers['content-type'] ?? null;
    response.end(JSON.stringify({ method: request.method, url: request.url, type, body }));
  }
}

const echoSchema = z.object({ method: z.string(), url: z.string(), type: z.string().nullable(), body: z.string() });

describe('JsonClient', () => {
  let server: Server;
  let client: JsonClient;

  beforeAll(async () => {
    server = createServer((request, response) => void echo(request, response));
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    client = new JsonClient({
      pluginId: 'things',
      discoveryApi: { getBaseUrl: async pluginId => `http://127.0.0.1:${port}/api/${pluginId}` },
      fetchApi: { fetch },
    });
  });

  afterAll(async () => {
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
  });

  it.each([
    {
      name: 'a read, leaving out what is undefined',
      request: { path: '/v1/a%2Fb', query: { size: 3, text: 'ä &?', none: undefined } },
      expected: { method: 'GET', url: '/api/things/v1/a%2Fb?size=3&text=%C3%A4+%26%3F', type: null, body: '' },
    },
    {
      name: 'a body as JSON',
      request: { method: 'POST' as const, path: '/v1/things', body: { name: 'cup' } },
      expected: { method: 'POST', url: '/api/things/v1/things', type: 'application/json', body: '{"name":"cup"}' },
    },
  ])('sends $name', async ({ request, expected }) => {
    expect(await client.request({ ...request, response: echoSchema })).toEqual(expected);
  });

  it('throws what the server answered, with its code', async () => {
    const error: unknown = await client
      .request({ path: '/missing', response: echoSchema })
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: 'ResponseError', statusCode: 404, message: expect.stringMatching(/404/) });
    expect(errorCodeOf(error)).toBe('THING_NOT_FOUND');
  });

  it('throws when the answer does not fit', async () => {
    const request = { path: '/v1', response: z.object({ items: z.array(z.string()) }) };
    await expect(client.request(request)).rejects.toThrow(/items/);
  });

  it('stops when its signal aborts', async () => {
    const controller = new AbortController();
    const request = client.request({ path: '/slow', response: echoSchema, signal: controller.signal });
    setTimeout(() => controller.abort(), 10);
    await expect(request).rejects.toThrow(/aborted/);
  });
});
