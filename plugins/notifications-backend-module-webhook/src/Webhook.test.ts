import { mockServices } from '@backstage/backend-test-utils';
import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readWebhooks } from './config';
import { Webhook } from './Webhook';
import { WebhookProcessor } from './WebhookProcessor';

interface ReceiverOptions {
  /** Default: any that is free. */
  port?: number;
  /** In seconds. */
  retryAfter?: string;
}

/** Keeps what it is sent, and answers with the given statuses, the last again and again; 0 is no answer. */
async function startReceiver(statuses: number[], { port = 0, retryAfter }: ReceiverOptions = {}) {
  const received: { at: number; path: string; headers: IncomingHttpHeaders; body: string }[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', chunk => chunks.push(chunk));
    request.on('end', () => {
      const { headers, url = '' } = request;
      received.push({ at: performance.now(), path: url, headers, body: Buffer.concat(chunks).toString() });
      const status = statuses.length > 1 ? statuses.shift()! : statuses[0];
      const answer = { Location: '/elsewhere', ...(retryAfter !== undefined && { 'Retry-After': retryAfter }) };
      if (status !== 0) response.writeHead(status, answer).end('a body that nobody sees');
    });
  });
  await new Promise<void>(resolve => server.listen(port, '127.0.0.1', resolve));
  const { port: actualPort } = server.address() as AddressInfo;
  return {
    port: actualPort,
    url: `http://127.0.0.1:${actualPort}/hooks/token-in-the-address`,
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

function createHook(entry: object, pausesMs: readonly number[] = [1, 1]) {
  const data = { notifications: { processors: { webhooks: [{ name: 'chat', timeout: { minutes: 1 }, ...entry }] } } };
  const logger = mockServices.logger.mock();
  const [settings] = readWebhooks(mockServices.rootConfig({ data }));
  const hook = new Webhook({ ...settings, portalUrl: 'https://portal.example/desk', logger, pausesMs });
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
    await using receiver = await startReceiver([200]);
    await using hook = createHook({ url: receiver.url, secret: 'shared' });
    await hook.tell({ description: 'It went well' });
    await receiver.until(1);
    const [{ headers, body }] = receiver.received;
    expect(JSON.parse(body)).toMatchObject({
      ...{ title: 'Done: Restart shop', description: 'It went well', severity: 'normal', topic: 'rollouts-restart' },
      ...{ link: 'https://portal.example/desk/activity/runs/1', recipients: ['user:default/olga'] },
      text: 'Done: Restart shop\nIt went well\nhttps://portal.example/desk/activity/runs/1',
    });
    const expected = createHmac('sha256', 'shared').update(`${headers['leitstand-timestamp']}.${body}`).digest('hex');
    expect(headers['leitstand-signature']).toBe(`sha256=${expected}`);
  });

  it('hears nothing but what the notification says', async () => {
    await using receiver = await startReceiver([200]);
    await using hook = createHook({ url: receiver.url });
    await hook.tell({ metadata: { internal: 'x' }, icon: 'y', scope: 'run:1' });
    await receiver.until(1);
    const [{ headers, body }] = receiver.received;
    expect(Object.keys(JSON.parse(body) as object).sort()).toEqual(
      ['at', 'id', 'link', 'recipients', 'scope', 'severity', 'text', 'title', 'topic'].sort(),
    );
    expect(Object.keys(headers)).not.toEqual(expect.arrayContaining(['authorization']));
    expect(Object.keys(headers)).not.toEqual(expect.arrayContaining(['leitstand-signature']));
  });

  it('takes the format of Slack, with a link that has a name', async () => {
    await using receiver = await startReceiver([200]);
    await using hook = createHook({ url: receiver.url, format: 'slack', secret: 'shared' });
    await hook.tell({ title: 'Done: *Restart*\nshop', description: 'R&D is <up>', link: '/activity?a=1&b=x|y' });
    await receiver.until(1);
    expect(JSON.parse(receiver.received[0].body)).toEqual({
      text:
        '*Done: Restart shop*\nR&amp;D is &lt;up&gt;\n' +
        '<https://portal.example/desk/activity?a=1&amp;b=x%7Cy|Open in the portal>',
    });
    expect(receiver.received[0].headers['leitstand-signature']).toMatch(/^sha256=[0-9a-f]{64}$/);
    await hook.tell({ title: 'Short', link: undefined, description: 'x'.repeat(10_000) });
    await receiver.until(2);
    const { text } = JSON.parse(receiver.received[1].body) as { text: string };
    expect(text).toMatch(/^\*Short\*\nx+…$/);
    expect(text.length).toBeLessThan(3_000);
  });

  it.each([
    ['<!channel> <https://elsewhere.example|Approve>', '&lt;!channel&gt; &lt;https://elsewhere.example|Approve&gt;'],
    [
      '@here, look: [Approve](https://elsewhere.example)',
      '@\u200Bhere, look: [Approve]\u200B(https://elsewhere.example)',
    ],
    ['[Approve][1]\n[1]: https://elsewhere.example', '[Approve]\u200B[1]\n[1]\u200B: https://elsewhere.example'],
    ['shop@sha256:1 of olga@example.com', 'shop@sha256:1 of olga@example.com'],
  ])('shows %j as text, never as a link or a call to everybody', async (description, expected) => {
    await using receiver = await startReceiver([200]);
    await using json = createHook({ url: receiver.url });
    await using slack = createHook({ url: receiver.url, format: 'slack' });
    for (const hook of [json, slack]) await hook.tell({ description });
    await receiver.until(2);
    const bodies = receiver.received.map(({ body }) => JSON.parse(body) as { text: string; description?: string });
    for (const { text } of bodies) expect(text.split('\n').slice(1, -1).join('\n')).toBe(expected);
    expect(bodies.find(body => 'description' in body)?.description).toBe(description);
  });

  it('is told again where it failed, with the same id', async () => {
    await using receiver = await startReceiver([503, 429, 200]);
    await using hook = createHook({ url: receiver.url });
    await hook.tell();
    await receiver.until(3);
    expect(new Set(receiver.received.map(({ headers }) => headers['leitstand-delivery'])).size).toBe(1);
    expect(hook.logger.warn).not.toHaveBeenCalled();
  });

  it('is not asked again before the time that it names', async () => {
    await using receiver = await startReceiver([429, 200], { retryAfter: '1' });
    await using hook = createHook({ url: receiver.url });
    await hook.tell();
    await receiver.until(2);
    expect(receiver.received[1].at - receiver.received[0].at).toBeGreaterThan(900);
  });

  it('is told of what it missed while it was away, in order', async () => {
    const former = await startReceiver([200]);
    await former[Symbol.asyncDispose]();
    await using hook = createHook({ url: former.url }, Array<number>(200).fill(10));
    await hook.tell({ title: 'First' });
    await hook.tell({ title: 'Second' });
    await using receiver = await startReceiver([503, 200], { port: former.port });
    await receiver.until(3);
    const titles = receiver.received.map(({ body }) => (JSON.parse(body) as { title: string }).title);
    expect(titles).toEqual(['First', 'First', 'Second']);
    expect(hook.logger.warn).not.toHaveBeenCalled();
  });

  it('that was given up gets the next one all the same', async () => {
    const former = await startReceiver([200]);
    await former[Symbol.asyncDispose]();
    await using hook = createHook({ url: former.url });
    await hook.tell({ title: 'First' });
    expect(await hook.warned()).toContain('it cannot be reached');
    await using receiver = await startReceiver([200], { port: former.port });
    await hook.tell({ title: 'Second' });
    await receiver.until(1);
    expect(receiver.received[0].body).toContain('Second');
    while (!hook.hook.record.lastDeliveredAt) await new Promise(resolve => setTimeout(resolve, 5));
    const lastFailure = { at: expect.any(String), message: 'it cannot be reached' };
    expect(hook.hook.record).toEqual({ lastDeliveredAt: expect.any(String), lastFailure });
  });

  it.each([
    { statuses: [500], count: 3, message: 'it answered 500' },
    { statuses: [404], count: 1, message: 'it answered 404' },
    { statuses: [302], count: 1, message: 'it answered 302' },
  ])('is given up: $message', async ({ statuses, count, message }) => {
    await using receiver = await startReceiver(statuses);
    await using hook = createHook({ url: receiver.url });
    await hook.tell();
    const warning = await hook.warned();
    expect(warning).toContain(message);
    expect(warning).not.toMatch(/token-in-the-address|nobody sees/);
    expect(receiver.received.map(({ path }) => path)).toEqual(Array(count).fill('/hooks/token-in-the-address'));
  });

  it('is given up when it does not answer in time', async () => {
    await using receiver = await startReceiver([0]);
    await using hook = createHook({ url: receiver.url, timeout: { milliseconds: 50 } });
    await hook.tell();
    const warning = await hook.warned();
    expect(warning).toContain('it did not answer in time');
    expect(warning).not.toContain('token-in-the-address');
  });

  it('hears of the topics and severities that it asks for', async () => {
    await using receiver = await startReceiver([200]);
    await using hook = createHook({ url: receiver.url, topics: ['freezes'], minSeverity: 'high' });
    await hook.tell({ severity: 'critical' });
    await hook.tell({ topic: 'freezes' });
    await hook.tell({ topic: 'freezes', severity: 'high' });
    await receiver.until(1);
    await hook.hook.close();
    expect(receiver.received).toHaveLength(1);
  });

  it('ends with the process, answered or not', async () => {
    await using receiver = await startReceiver([0]);
    const hook = createHook({ url: receiver.url });
    await hook.tell();
    await receiver.until(1);
    await hook[Symbol.asyncDispose]();
    expect(await hook.warned()).toContain('is not told what still waited for it: 1');
    await hook.tell();
    expect(receiver.received).toHaveLength(1);
  });

  it.each([
    [{ url: 'token-in-the-address' }, /the url of chat is no address/],
    [{ url: 'ftp://x' }, /no address/],
    [{ url: 'https://x', minSeverity: 'loud' }, /severity loud/],
    [{ url: 'https://x', format: 'discord' }, /format discord/],
  ])('is refused in the configuration: %j', (entry, message) => {
    expect(() => createHook(entry)).toThrow(message);
  });
});
