import { SMTPServer } from 'smtp-server';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A mail as it came over the wire. */
export interface ReceivedMail {
  from: string;
  to: string[];
  subject: string;
  /** The part for readers without HTML. */
  text: string;
  html: string;
}

/** How the server treats the next recipients: takes them, says no for good, or lets them wait. */
export type MailMood = 'accept' | 'refuse' | 'hold';

/** A mail server on a loopback socket that asks for a password, keeps what it is sent, and can be in a bad mood. */
export class MailReceiver implements AsyncDisposable {
  readonly mails: ReceivedMail[] = [];
  /** Recipients that were named, taken or not. */
  readonly asked: string[] = [];
  readonly #server: SMTPServer;
  readonly #held: (() => void)[] = [];
  #mood: MailMood = 'accept';

  private constructor(login: { username: string; password: string }) {
    this.#server = new SMTPServer({
      disabledCommands: ['STARTTLS'],
      allowInsecureAuth: true,
      onAuth({ username, password }, _session, done) {
        if (username === login.username && password === login.password) done(null, { user: username });
        else done(new Error('Who are you?'));
      },
      onRcptTo: ({ address }, _session, done) => void this.#admit(address).then(() => done(), done),
      onData: (stream, { envelope: { mailFrom, rcptTo } }, done) => {
        const envelope = { from: mailFrom ? mailFrom.address : '', to: rcptTo.map(({ address }) => address) };
        void text(stream).then(raw => {
          this.mails.push({ ...envelope, ...readMessage(raw) });
          done();
        }, done);
      },
    });
  }

  /** @param login - the only one that is let in; @param port - default: any that is free */
  static async start(login: { username: string; password: string }, port = 0): Promise<MailReceiver> {
    const receiver = new MailReceiver(login);
    await new Promise<void>(resolve => receiver.#server.listen(port, '127.0.0.1', resolve));
    return receiver;
  }

  get port(): number {
    return (this.#server.server.address() as AddressInfo).port;
  }

  set mood(mood: MailMood) {
    this.#mood = mood;
    if (mood !== 'hold') this.#held.splice(0).forEach(release => release());
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.mood = 'accept';
    await new Promise<void>(resolve => this.#server.close(resolve));
  }

  async #admit(address: string): Promise<void> {
    this.asked.push(address);
    if (this.#mood === 'hold') await new Promise<void>(release => this.#held.push(release));
    if (this.#mood === 'refuse') throw Object.assign(new Error('No such mailbox'), { responseCode: 550 });
  }
}

/** A message with two parts, as far as tests look at it. Source: {@link https://www.rfc-editor.org/rfc/rfc2046#section-5.1} */
function readMessage(raw: string): Pick<ReceivedMail, 'subject' | 'text' | 'html'> {
  const [, subject = ''] = /^Subject: (.*(?:\r\n[ \t].*)*)/m.exec(raw) ?? [];
  const partOf = (type: string) => {
    const part = raw.split(/^--.*\r\n/m).find(one => one.startsWith(`Content-Type: ${type}`)) ?? '';
    const [head] = part.split('\r\n\r\n', 1);
    const body = part.slice(head.length).trim();
    return head.includes('quoted-printable') ? fromQuotedPrintable(body) : body;
  };
  return { subject: subject.replace(/\r\n\s/g, ' '), text: partOf('text/plain'), html: partOf('text/html') };
}

function fromQuotedPrintable(text_: string): string {
  const bytes = text_
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
