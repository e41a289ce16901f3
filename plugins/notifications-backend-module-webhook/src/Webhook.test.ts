import { mockServices } from '@backstage/backend-test-utils';
import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readWebhooks } from './config';
import { Webhook } from './Webhook';
import { WebhookProcessor } from './WebhookProcessor';

/** Keeps what it is sent, and answers with the given statuses, the last again and again; 0 is no answer. */
async function startReceiver(...statuses: number[]) {
  const received: { headers: IncomingHttpHeaders; body: string }[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', chunk => chunks.push(chunk));
    request.on('end', () => {
      received.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
      const status = statuses.length > 1 ? statuses.shift()! : statuses[0];
      if (status !== 0) response.writeHead(status, { Location: '/elsewhere' }).end('a body that nobody sees');
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks/token-in-the-address`,
    received,
    async until(count: number) {
      while (received.length < count) await new Promise(resolve => setTimeout(resolve, 5));
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
}

function createHook(entry: object) {
  const data = { notifications: { processors: { webhooks: [{ name: 'chat', ...entry }] } } };
  const logger = mockServices.logger.mock();
  const [settings] = readWebhooks(mockServices.rootConfig({ data }));
  const hook = new Webhook({ ...settings, portalUrl: 'https://portal.example', logger, pausesMs: [1, 1] });
  const processor = new WebhookProcessor([hook]);
  return {
    ...{ hook, logger },
    tell: (payload: object = {}) =>
      processor.processOptions({
        recipients: { type: 'entity', entityRef: 'user:default/olga' },
        payload: { title: 'Done: Restart shop', link: '/activity/runs/1', topic: 'rollouts-restart', ...payload },
      }),
    async warned() {
      while (logger.warn.mock.calls.length === 0) await new Promise(resolve => setTimeout(resolve, 5));
      return String(logger.warn.mock.calls[0]);
    },
    [Symbol.asyncDispose]: () => processor.close(),
  };
}

describe('a web hook', () => {
  it('is told of a notification once, signed, with absolute links', async () => {
    await using receiver = await startReceiver(200);
    await using hook = createHook({ url: receiver.url, secret: 'shared' });
    await hook.tell({ description: 'It went well' });
    await receiver.until(1);
    const [{ headers, body }] = receiver.received;
    expect(JSON.parse(body)).toMatchObject({
      ...{ title: 'Done: Restart shop', description: 'It went well', severity: 'normal', topic: 'rollouts-restart' },
      ...{ link: 'https://portal.example/activity/runs/1', recipients: ['user:default/olga'] },
      text: 'Done: Restart shop\nIt went well\nhttps://portal.example/activity/runs/1',
    });
    const expected = createHmac('sha256', 'shared').update(`${headers['leitstand-timestamp']}.${body}`).digest('hex');
    expect(headers['leitstand-signature']).toBe(`sha256=${expected}`);
  });

  it('shows what people wrote as text, never as a link or a call to everybody', async () => {
    await using receiver = await startReceiver(200);
    await using hook = createHook({ url: receiver.url });
    const description = '<!channel> <https://elsewhere.example|Approve>';
    await hook.tell({ description });
    await receiver.until(1);
    const { text, ...message } = JSON.parse(receiver.received[0].body) as { text: string; description: string };
    expect(text).toContain('&lt;!channel&gt; &lt;https://elsewhere.example|Approve&gt;');
    expect(message.description).toBe(description);
  });

  it('is told again where it failed, with the same id', async () => {
    await using receiver = await startReceiver(503, 429, 200);
    await using hook = createHook({ url: receiver.url });
    await hook.tell();
    await receiver.until(3);
    expect(new Set(receiver.received.map(({ headers }) => headers['leitstand-delivery'])).size).toBe(1);
    expect(hook.logger.warn).not.toHaveBeenCalled();
  });

  it.each([
    { statuses: [500], count: 3, message: 'it answered 500' },
    { statuses: [404], count: 1, message: 'it answered 404' },
    { statuses: [302], count: 1, message: 'it answered 302' },
    { statuses: [0], count: 3, message: 'it did not answer in time' },
  ])('is given up: $message', async ({ statuses, count, message }) => {
    await using receiver = await startReceiver(...statuses);
    await using hook = createHook({ url: receiver.url, timeout: { milliseconds: 50 } });
    await hook.tell();
    const warning = await hook.warned();
    expect(warning).toContain(message);
    expect(warning).not.toMatch(/token-in-the-address|nobody sees/);
    expect(receiver.received).toHaveLength(count);
  });

  it('hears of the topics and severities that it asks for', async () => {
    await using receiver = await startReceiver(200);
    await using hook = createHook({ url: receiver.url, topics: ['freezes'], minSeverity: 'high' });
    await hook.tell({ severity: 'critical' });
    await hook.tell({ topic: 'freezes' });
    await hook.tell({ topic: 'freezes', severity: 'high' });
    await receiver.until(1);
    await hook.hook.close();
    expect(receiver.received).toHaveLength(1);
  });

  it('ends with the process, answered or not', async () => {
    await using receiver = await startReceiver(0);
    const hook = createHook({ url: receiver.url });
    await hook.tell();
    await receiver.until(1);
    await hook[Symbol.asyncDispose]();
    await hook.tell();
    expect(receiver.received).toHaveLength(1);
  });

  it.each([
    [{ url: 'token-in-the-address' }, /the url of chat is no address/],
    [{ url: 'ftp://x' }, /no address/],
    [{ url: 'https://x', minSeverity: 'loud' }, /severity loud/],
  ])('is refused in the configuration: %j', (entry, message) => {
    expect(() => createHook(entry)).toThrow(message);
  });
});
