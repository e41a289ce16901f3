import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { HttpReceiver, type ReceivedRequest } from './__testUtils__/HttpReceiver';
import { MailReceiver, type ReceivedMail } from './__testUtils__/MailReceiver';
import { startPortal, type Portal } from './__testUtils__/startPortal';
import { collectLog } from './__testUtils__/collectLog';
import { until } from './__testUtils__/until';

const entityRef = 'component:default/todo-frontend';
const login = { username: 'portal', password: 'secret-of-the-mail-server' };
const slackToken = 'secret-of-the-bot';
const hookPath = '/hooks/secret-of-the-hook';
/** What somebody writes who wants a click. */
const reason = '<a href="https://elsewhere.example">Approve</a> <!channel> & more';

const { log, lines: logLines } = collectLog();

/** Slack's web API, as far as the module calls it. */
let slackError: string | undefined;
function answerAsSlack({ path, authorization, body }: ReceivedRequest): object {
  if (authorization !== `Bearer ${slackToken}`) return { ok: false, error: 'invalid_auth' };
  if (slackError !== undefined) return { ok: false, error: slackError };
  const form = new URLSearchParams(body);
  if (path === '/users.lookupByEmail') return { ok: true, user: { id: `U-${form.get('email')}` } };
  return path === '/chat.postMessage' ? { ok: true, ts: '1.1', channel: form.get('channel') } : { ok: false };
}

let stack: AsyncDisposableStack;
let mail: MailReceiver;
let slack: HttpReceiver;
let hooks: HttpReceiver;
let portal: Portal;
beforeAll(async () => {
  stack = new AsyncDisposableStack();
  mail = await MailReceiver.start(login);
  stack.defer(() => mail[Symbol.asyncDispose]());
  slack = await HttpReceiver.start(answerAsSlack);
  stack.defer(() => slack[Symbol.asyncDispose]());
  hooks = stack.use(await HttpReceiver.start(() => ({})));
  portal = stack.use(await startPortal({ log, config: configOf() }));
  await until(async () => (await portal.fetchAs('guest', '/api/catalog/entities/by-name/group/default/oncall')).ok);
  await until(
    async () => (await portal.fetchAs('guest', '/api/catalog/entities/by-name/component/default/todo-frontend')).ok,
  );
});
afterAll(async () => {
  await stack.disposeAsync();
});
beforeEach(() => {
  mail.mood = 'accept';
  slackError = undefined;
  for (const list of [mail.mails, mail.asked, slack.requests, hooks.requests, logLines]) list.length = 0;
});

function configOf() {
  const people = { rules: [{ allow: ['User', 'Group'] }] };
  const transport = { transport: 'smtp', hostname: '127.0.0.1', port: mail.port };
  return {
    catalog: {
      locations: [
        { type: 'file', target: join(__dirname, '../../../homelab/catalog/organization.yaml'), ...people },
        { type: 'file', target: join(__dirname, '__fixtures__/people/oncall.yaml'), ...people },
      ],
    },
    operations: {
      approvals: [{ operation: 'rollouts-pause', approvers: ['group:default/platform-team', 'group:default/oncall'] }],
    },
    notifications: {
      processors: {
        email: { transportConfig: { ...transport, ...login }, sender: 'portal@homelab.example' },
        slack: [{ token: slackToken, apiUrl: `${slack.url}/`, broadcastChannels: ['C0ALL'], concurrencyLimit: 100 }],
        webhooks: [{ name: 'chat', format: 'slack', url: `${hooks.url}${hookPath}` }],
      },
    },
  };
}

async function post<T>(user: string, path: string, body: object): Promise<T> {
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const response = await portal.fetchAs(user, `/api/operations/v1${path}`, init);
  const text = await response.text();
  if (!response.ok) throw new Error(text);
  return JSON.parse(text) as T;
}

async function ask(user: string, operation: string): Promise<string> {
  const plan = await post<{ id: string }>(user, '/plans', { operation, entityRef, input: {} });
  return (await post<{ id: string }>(user, '/runs', { planId: plan.id, reason, idempotencyKey: randomUUID() })).id;
}

/** Restarts somebody else's application, and waits for the end: a receiver that held it up would do so for ever. */
async function restart(): Promise<void> {
  const id = await ask('admin', 'rollouts-restart');
  const stateOf = async () =>
    ((await (await portal.fetchAs('admin', `/api/operations/v1/runs/${id}`)).json()) as { state: string }).state;
  await until(async () => !['queued', 'running'].includes(await stateOf()));
  expect(await stateOf()).toBe('succeeded');
}

async function mailThat(begins: string): Promise<ReceivedMail> {
  await until(() => mail.mails.some(({ subject }) => subject.startsWith(begins)));
  return mail.mails.find(({ subject }) => subject.startsWith(begins))!;
}

/** What is posted to a channel or a person in Slack. */
function messagesTo(channel: string) {
  return slack.requests
    .filter(({ path }) => path === '/chat.postMessage')
    .map(({ body }) => new URLSearchParams(body))
    .filter(form => form.get('channel') === channel)
    .map(form => ({ text: form.get('text'), attachments: form.get('attachments') ?? '' }));
}

function expectNoSecrets(): void {
  const everything = JSON.stringify([
    ...[mail.mails, logLines, hooks.requests.map(({ body }) => body)],
    slack.requests.map(({ body }) => body),
  ]);
  for (const secret of [login.password, slackToken, 'secret-of-the-hook', ...Object.values(portal.cluster.tokens)]) {
    expect(everything).not.toContain(secret);
  }
}

describe('receivers', () => {
  it('are told that a run waits for a yes, and what was decided, each by the name in the catalogue', async () => {
    const id = await ask('operator', 'rollouts-pause');
    const link = `${portal.url}/activity/runs/${id}`;
    const asked = await mailThat('Waits for your yes');
    expect(asked).toMatchObject({
      ...{ from: 'portal@homelab.example', to: ['admin@homelab.example'] },
      subject: 'Waits for your yes: Pause the rollout of frontend',
      text: `Waits for your yes: Pause the rollout of frontend\n\n${reason}\n\n${link}`.replaceAll('\n', '\r\n'),
    });
    expect(asked.html).toContain('&lt;a href=&quot;https://elsewhere.example&quot;&gt;Approve&lt;/a&gt;');
    expect(asked.html.match(/<a [^>]*>/g)).toEqual([`<a href="${link}">`]);

    await until(() => messagesTo('C0ONCALL').length > 0);
    const [{ text, attachments }] = messagesTo('C0ONCALL');
    expect(text).toBe(asked.subject);
    const [{ blocks }] = JSON.parse(attachments) as [{ blocks: object[] }];
    expect(blocks).toEqual([
      {
        type: 'section',
        text: { type: 'plain_text', text: reason, emoji: false },
        accessory: expect.objectContaining({ type: 'button', url: link }),
      },
    ]);
    await until(() => hooks.requests.length > 0);
    expect(JSON.parse(hooks.requests[0].body)).toEqual({
      text: expect.stringMatching(/^\*Waits for your yes: .*\*\n&lt;a href=.*\n<http.*\|Open in the portal>$/),
    });

    await post('admin', `/runs/${id}/reject`, { comment: 'Not today' });
    const rejected = await mailThat('Rejected');
    expect({ to: rejected.to, text: rejected.text }).toEqual({
      ...{ to: ['operator@homelab.example'], text: expect.stringContaining('Not today') },
    });
    await until(() => messagesTo('U-operator@homelab.example').length > 0);
    expect(mail.mails.filter(({ to }) => to.includes('operator@homelab.example'))).not.toContainEqual(
      expect.objectContaining({ subject: asked.subject }),
    );
    expectNoSecrets();
  });

  it('are told what somebody else did to their things; whoever did it is not', async () => {
    await restart();
    const done = await mailThat('Done: Restart frontend');
    expect(done.to).toEqual(['operator@homelab.example']);
    await until(() => hooks.requests.length > 0);
    expect(mail.asked).toEqual(['operator@homelab.example']);
    expect(messagesTo('U-admin@homelab.example')).toEqual([]);
    expectNoSecrets();
  });

  it('hear in the channel for everybody of what concerns everybody', async () => {
    const freeze = {
      scope: { cluster: 'gke-mlops-cluster' },
      reason: '<!channel>',
      endsAt: '2999-01-01T00:00:00.000Z',
    };
    const { id } = await post<{ id: string }>('admin', '/freezes', freeze);
    await until(() => messagesTo('C0ALL').length > 0);
    expect(messagesTo('C0ALL')[0]).toEqual({
      text: 'Freeze: cluster gke-mlops-cluster',
      attachments: expect.stringContaining('"type":"plain_text","text":"<!channel> ('),
    });
    await post('admin', `/freezes/${id}/end`, {});
    expect(mail.mails).toEqual([]);
  });
});

describe('a receiver that fails', () => {
  /** What the log says of mail that was not sent. */
  const complaints = () => logLines.filter(line => line.includes('Failed to send email to operator@homelab.example'));

  it('by refusing the mail holds up no run, and the log says so', async () => {
    mail.mood = 'refuse';
    await restart();
    await until(() => complaints().length > 0);
    expect(mail.mails).toEqual([]);
    expectNoSecrets();
  });

  it('by being slow holds up no run, and gets the mail in the end', async () => {
    mail.mood = 'hold';
    await restart();
    await restart();
    await until(() => mail.asked.length > 0);
    mail.mood = 'accept';
    await until(() => mail.mails.length === 2);
    expect(complaints()).toEqual([]);
  });

  it('by not being there holds up no run, and gets the next mail when it is back', async () => {
    const { port } = mail;
    await mail[Symbol.asyncDispose]();
    await restart();
    await until(() => complaints().length > 0);
    mail = await MailReceiver.start(login, port);
    await restart();
    expect((await mailThat('Done: Restart frontend')).to).toEqual(['operator@homelab.example']);
    expectNoSecrets();
  });

  it('in Slack holds up neither a run nor the others, and the log says so', async () => {
    slackError = 'channel_not_found';
    const id = await ask('operator', 'rollouts-pause');
    await mailThat('Waits for your yes');
    await until(() => logLines.some(line => /Failed to send Slack.*C0ONCALL.*channel_not_found/.test(line)));
    await post('operator', `/runs/${id}/cancel`, {});
    expectNoSecrets();
  });

  it('in Slack by not being there holds up nothing, and gets the message when it is back', async () => {
    const { port } = slack;
    await slack[Symbol.asyncDispose]();
    const id = await ask('operator', 'rollouts-pause');
    await mailThat('Waits for your yes');
    slack = await HttpReceiver.start(answerAsSlack, port);
    await until(() => messagesTo('C0ONCALL').length > 0);
    await post('operator', `/runs/${id}/cancel`, {});
  });
});
