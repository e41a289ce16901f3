import type { IncomingMessage } from 'node:http';
import type { Provider } from 'oidc-provider';
import type { Exchange } from '../core';
import type { DemoUser } from './demoUsers';
import { contentSecurityPolicy, errorPage, signInPage } from './pages';

/** Bytes that the form may send; a name fits many times. */
const formLimitBytes = 1024;

/** What the sign-in pages need. */
export interface InteractionOptions {
  provider: Provider;
  users: readonly DemoUser[];
  portalOrigin: string;
}

/** Shows the sign-in page (GET) or finishes the sign-in as the chosen user (POST). Everything else is refused. */
export async function handleInteraction(exchange: Exchange, options: InteractionOptions): Promise<void> {
  const { request, response, entry } = exchange;
  const reply = (status: number, html: string) => {
    response.writeHead(status, {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': contentSecurityPolicy(options.portalOrigin),
      'Cache-Control': 'no-store',
      'Referrer-Policy': 'no-referrer',
    });
    response.end(html);
  };
  const refuse = (status: number, detail: string) => {
    entry.refusal = detail;
    reply(status, errorPage({ title: 'Sign-in failed', detail }));
  };
  if (request.method !== 'GET' && request.method !== 'POST') {
    refuse(405, `${request.method} is not answered here.`);
    return;
  }
  if (!(await hasInteraction(exchange, options.provider))) {
    refuse(400, 'This sign-in has expired. Close this window and start again from the portal.');
    return;
  }
  if (request.method === 'GET') {
    reply(200, signInPage(options.users));
    return;
  }
  const chosen = await readChoice(request);
  const user = options.users.find(candidate => candidate.name === chosen);
  if (!user) {
    refuse(400, 'There is no such demo user.');
    return;
  }
  entry.user = user.name;
  await options.provider.interactionFinished(request, response, { login: { accountId: user.name } });
}

async function hasInteraction(exchange: Exchange, provider: Provider): Promise<boolean> {
  try {
    await provider.interactionDetails(exchange.request, exchange.response);
    return true;
  } catch (error) {
    if (error instanceof Error && error.name === 'SessionNotFound') return false;
    throw error;
  }
}

/** The form's field `user`; undefined when it is missing or the body is larger than any choice. */
async function readChoice(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    sizeBytes += chunk.length;
    if (sizeBytes > formLimitBytes) return undefined;
    chunks.push(chunk);
  }
  return new URLSearchParams(Buffer.concat(chunks).toString('utf8')).get('user') ?? undefined;
}
