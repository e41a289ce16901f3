import { createHash } from 'node:crypto';
import { ManualClock } from '../core';
import { MemoryAdapter } from './MemoryAdapter';
import { startOidcHomelab, type OidcHomelab } from './startOidcHomelab';

const portalUrl = 'http://localhost:7007';
const redirectUri = `${portalUrl}/api/auth/oidc/handler/frame`;
const verifier = 'v'.repeat(64);
const challenge = createHash('sha256').update(verifier).digest('base64url');

let oidc: OidcHomelab;
beforeAll(async () => {
  oidc = await startOidcHomelab({ portalUrl });
});
afterAll(async () => {
  await oidc.close();
});

function authorizationUrl(changes: Record<string, string | undefined> = {}): URL {
  const url = new URL(`${oidc.issuer}/auth`);
  const params = {
    client_id: oidc.clientId,
    redirect_uri: redirectUri,
    response_type: 'code',
    scope: 'openid profile email',
    state: 'some-state',
    code_challenge: challenge,
    code_challenge_method: 'S256',
    ...changes,
  };
  Object.entries(params).forEach(([name, value]) => value !== undefined && url.searchParams.set(name, value));
  return url;
}

function cookiesOf(response: Response): string {
  return response.headers
    .getSetCookie()
    .map(cookie => cookie.split(';')[0])
    .join('; ');
}

/** Opens the sign-in page and returns its address and cookies. */
async function openSignInPage(url = authorizationUrl(), cookie = '') {
  const start = await fetch(url, { redirect: 'manual', headers: { cookie } });
  const address = new URL(start.headers.get('location') ?? '', oidc.issuer).href;
  return { address, cookie: cookiesOf(start), start };
}

async function choose(page: { address: string; cookie: string }, body: string) {
  return fetch(page.address, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie: page.cookie, 'content-type': 'application/x-www-form-urlencoded' },
    body,
  });
}

/** Signs in as a demo user; the address is where the portal would be called back. */
async function signInAs(user: string) {
  const page = await openSignInPage();
  const chosen = await choose(page, `user=${user}`);
  const resumed = await fetch(chosen.headers.get('location') ?? '', {
    redirect: 'manual',
    headers: { cookie: page.cookie },
  });
  return { callback: new URL(resumed.headers.get('location') ?? ''), sessionCookie: cookiesOf(resumed) };
}

async function callWithSecret(path: string, params: Record<string, string>, secret = oidc.clientSecret) {
  const response = await fetch(`${oidc.issuer}${path}`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${oidc.clientId}:${secret}`).toString('base64')}` },
    body: new URLSearchParams(params),
  });
  const text = await response.text();
  return { status: response.status, body: text ? JSON.parse(text) : undefined };
}

function redeem(code: string | null, changes: Record<string, string> = {}) {
  return callWithSecret('/token', {
    grant_type: 'authorization_code',
    code: code ?? '',
    redirect_uri: redirectUri,
    code_verifier: verifier,
    ...changes,
  });
}

describe('the OpenID Connect provider of the homelab', () => {
  it('describes itself, and says who can sign in', async () => {
    const metadata = await (await fetch(oidc.metadataUrl)).json();
    expect(metadata).toMatchObject({
      issuer: oidc.issuer,
      code_challenge_methods_supported: ['S256'],
      response_types_supported: ['code'],
      grant_types_supported: ['authorization_code', 'refresh_token'],
      scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    });
    expect(oidc.issuer).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(oidc.signIns.map(({ name, role }) => `${name}: ${role}`)).toEqual([
      'viewer: viewer',
      'operator: operator',
      'admin: admin',
      'bystander: operator',
    ]);
  });

  it('signs in with code and PKCE, tells the claims, refreshes, and revokes', async () => {
    const { callback } = await signInAs('operator');
    expect(`${callback.origin}${callback.pathname}`).toBe(redirectUri);
    expect(callback.searchParams.get('state')).toBe('some-state');

    const tokens = await redeem(callback.searchParams.get('code'));
    expect(tokens).toMatchObject({ status: 200, body: { token_type: 'Bearer', expires_in: 3600 } });
    const userinfo = await fetch(`${oidc.issuer}/me`, {
      headers: { authorization: `Bearer ${tokens.body.access_token}` },
    });
    expect(await userinfo.json()).toEqual({
      sub: 'operator',
      preferred_username: 'operator',
      name: 'Operator (todo and ML team)',
      email: 'operator@homelab.example',
      email_verified: true,
    });

    const refresh = { grant_type: 'refresh_token', refresh_token: tokens.body.refresh_token };
    expect((await callWithSecret('/token', refresh)).status).toBe(200);
    expect((await callWithSecret('/token/revocation', { token: tokens.body.refresh_token })).status).toBe(200);
    expect(await callWithSecret('/token', refresh)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });

  it('shows a page that loads nothing and may send its form only here and to the portal', async () => {
    const page = await openSignInPage();
    const shown = await fetch(page.address, { headers: { cookie: page.cookie } });
    const html = await shown.text();
    expect(html).toContain('<html lang="en">');
    expect(html.match(/<button type="submit" name="user"/g)).toHaveLength(4);
    expect(shown.headers.get('content-security-policy')).toContain(`form-action 'self' ${portalUrl};`);
    expect(shown.headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  it('asks anew who one is although an earlier session is still in the browser', async () => {
    const { sessionCookie } = await signInAs('viewer');
    expect(sessionCookie).toContain('_session=');
    const again = await openSignInPage(authorizationUrl(), sessionCookie);
    expect(again.address).toContain('/sign-in/');
    const silent = await openSignInPage(authorizationUrl({ prompt: 'none' }), sessionCookie);
    expect(new URL(silent.address).searchParams.get('error')).toBe('login_required');
  });

  it.each([
    ['no PKCE', { code_challenge: undefined, code_challenge_method: undefined }, 'invalid_request'],
    ['plain PKCE', { code_challenge: verifier, code_challenge_method: 'plain' }, 'invalid_request'],
    ['the implicit flow', { response_type: 'id_token', nonce: 'n' }, 'unsupported_response_type'],
  ])('refuses %s and tells the portal', async (_what, changes, error) => {
    const { start } = await openSignInPage(authorizationUrl(changes));
    const location = new URL(start.headers.get('location') ?? '');
    const answer = new URLSearchParams(location.search || location.hash.slice(1));
    expect(`${location.origin}${location.pathname}`).toBe(redirectUri);
    expect(answer.get('error')).toBe(error);
  });

  it.each([
    ['another redirect address', { redirect_uri: 'http://localhost:9/elsewhere' }, 'invalid_redirect_uri'],
    ['another client', { client_id: '<script>' }, 'invalid_client'],
  ])('refuses %s on a page of its own and redirects nowhere', async (_what, changes, error) => {
    const { start } = await openSignInPage(authorizationUrl(changes));
    expect(start.status).toBe(400);
    expect(start.headers.get('location')).toBeNull();
    const html = await start.text();
    expect(html).toContain(error);
    expect(html).not.toContain('<script>');
  });

  it('refuses a wrong secret, a wrong verifier, and a code that was used', async () => {
    const { callback } = await signInAs('admin');
    const code = callback.searchParams.get('code');
    expect(await redeem(code, { code_verifier: 'w'.repeat(64) })).toMatchObject({ status: 400 });
    const other = await signInAs('admin');
    const otherCode = other.callback.searchParams.get('code') ?? '';
    const wrongSecret = { grant_type: 'authorization_code', code: otherCode, redirect_uri: redirectUri };
    expect(await callWithSecret('/token', wrongSecret, 'wrong')).toMatchObject({ status: 401 });
    expect((await redeem(otherCode)).status).toBe(200);
    expect(await redeem(otherCode)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });

  it.each([
    ['nobody', 'user=nobody'],
    ['no choice', ''],
    ['a form larger than any choice', `user=${'x'.repeat(2000)}`],
  ])('refuses to sign in %s', async (_what, body) => {
    const refused = await choose(await openSignInPage(), body);
    expect(refused.status).toBe(400);
    expect(await refused.text()).toContain('There is no such demo user.');
  });

  it('refuses, and writes down, what it does not answer', async () => {
    const page = await openSignInPage();
    const withoutCookie = await choose({ ...page, cookie: '' }, 'user=admin');
    expect(withoutCookie.status).toBe(400);
    expect((await fetch(page.address, { method: 'DELETE' })).status).toBe(405);
    expect((await fetch(`${oidc.issuer}/device/auth`, { method: 'POST' })).status).toBe(404);
    const refused = oidc.journal.filter(entry => entry.refusal !== undefined).slice(-2);
    expect(refused.map(({ method, status }) => `${method} ${status}`)).toEqual(['POST 400', 'DELETE 405']);
    expect(oidc.journal.count(entry => entry.error !== undefined)).toBe(0);
  });

  it('answers no more once it is closed', async () => {
    const other = await startOidcHomelab({ portalUrl, clientId: 'other', clientSecret: 'a'.repeat(32) });
    expect({ id: other.clientId, secret: other.clientSecret }).toEqual({ id: 'other', secret: 'a'.repeat(32) });
    expect((await fetch(other.metadataUrl)).status).toBe(200);
    await other[Symbol.asyncDispose]();
    await expect(fetch(other.metadataUrl)).rejects.toThrow();
  });
});

describe('MemoryAdapter', () => {
  it('forgets what has expired, and sweeps it out when there is much', async () => {
    const clock = new ManualClock();
    const storage = new Map();
    const sessions = new MemoryAdapter('Session', storage, clock);
    for (let count = 0; count <= 500; count++) await sessions.upsert(`${count}`, { uid: `u${count}` }, 60);
    expect(await sessions.findByUid('u7')).toEqual({ uid: 'u7' });
    clock.advance(60_000);
    expect(await sessions.find('7')).toBeUndefined();
    await sessions.upsert('last', { userCode: 'code' });
    expect([...storage.keys()]).toEqual(['Session:last']);
    expect(await sessions.findByUserCode('code')).toEqual({ userCode: 'code' });
    expect(await new MemoryAdapter('DeviceCode', storage, clock).findByUserCode('code')).toBeUndefined();
  });
});
