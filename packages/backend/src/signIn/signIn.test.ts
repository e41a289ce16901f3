import { mockServices } from '@backstage/backend-test-utils';
import { startOidcHomelab, type OidcHomelab } from '@leitstand/homelab';
import { setTimeout } from 'node:timers/promises';
import { explainSignInError } from './explainSignInError';
import type { OidcProvider } from './OidcProvider';
import { createRecoveringAuthenticator } from './openIdConnectModule';

let oidc: OidcHomelab;
const providers: OidcProvider[] = [];
beforeEach(async () => {
  oidc = await startOidcHomelab({ portalUrl: 'http://localhost:7007' });
});
afterEach(async () => {
  providers.splice(0).forEach(provider => provider[Symbol.dispose]());
  await oidc.close();
});

/** The provider as the portal has it when it starts. */
function connect(timing: { timeLimitMs?: number; lookAgainAfterMs?: number } = {}): OidcProvider {
  const authenticator = createRecoveringAuthenticator({
    logger: mockServices.logger.mock(),
    retryMs: { first: 20, last: 40 },
    ...timing,
    onProvider: provider => providers.push(provider),
  });
  const { metadataUrl, clientId, clientSecret } = oidc;
  authenticator.initialize({
    callbackUrl: 'http://localhost:7007/api/auth/oidc/handler/frame',
    config: mockServices.rootConfig({ data: { metadataUrl, clientId, clientSecret, prompt: 'auto' } }),
  });
  return providers.at(-1)!;
}

const begin = (provider: OidcProvider) =>
  provider.use('begin a sign-in', async ({ promise }) => (await promise).client);
const isThere = (provider: OidcProvider) =>
  begin(provider).then(
    () => 'there',
    ({ code }) => String(code),
  );
const metadataCount = () => oidc.journal.count(({ path }) => path.startsWith('/.well-known/'));

async function until(condition: () => boolean): Promise<void> {
  for (let attempt = 0; !condition(); attempt++) {
    if (attempt === 6_000) throw new Error('It did not come true within a minute');
    await setTimeout(10);
  }
}

describe('a provider that is not there when the portal starts', () => {
  it('is found by itself when it comes, and then asked for nothing any more', async () => {
    const refusal = await oidc.faults.refuseConnections();
    const provider = connect();
    expect(await isThere(provider)).toBe('UPSTREAM_UNREACHABLE');
    expect([provider.isFailing, provider.issuer]).toEqual([true, undefined]);
    await refusal[Symbol.asyncDispose]();
    await until(() => !provider.isFailing);
    expect(await isThere(provider)).toBe('there');
    expect(provider.issuer).toBe(oidc.issuer);
    const count = metadataCount();
    await setTimeout(100);
    expect(metadataCount()).toBe(count);
  });

  it.each([
    ['does not answer', { delayMs: 60_000 }, 'UPSTREAM_TIMEOUT'],
    ['answers byte by byte', { dripMs: 60_000 }, 'UPSTREAM_TIMEOUT'],
    ['cuts the connection', { action: 'reset' as const }, 'UPSTREAM_UNREACHABLE'],
    ['fails', { status: 500 }, 'UPSTREAM_FAILED'],
    ['answers a page', { reply: { body: '<h1>secret-of-the-proxy' } }, 'UPSTREAM_UNREADABLE'],
  ])('%s: a typed error, and no restart is needed', async (_, effect, code) => {
    const fault = oidc.faults.always({ path: '*' }, effect);
    const provider = connect(code === 'UPSTREAM_TIMEOUT' ? { timeLimitMs: 300 } : {});
    const refused = await begin(provider).catch((error: unknown) => error);
    expect(refused).toMatchObject({ name: 'UpstreamError', code, system: 'OpenID Connect' });
    expect(JSON.stringify(refused) + String(refused)).not.toContain('secret-of-the-proxy');
    fault[Symbol.dispose]();
    await until(() => !provider.isFailing);
    expect(await isThere(provider)).toBe('there');
  });

  it('is not tried any more after the end, and one that is set up wrongly stops the start', async () => {
    const refusal = await oidc.faults.refuseConnections();
    const provider = connect();
    await isThere(provider);
    provider[Symbol.dispose]();
    await refusal[Symbol.asyncDispose]();
    await setTimeout(100);
    expect(metadataCount()).toBe(0);
    oidc = { ...oidc, metadataUrl: undefined as unknown as string };
    expect(() => connect()).toThrow("Missing required config value at 'metadataUrl'");
  });
});

describe('a provider that fails later', () => {
  it('shows once somebody tries to sign in, and looks again only after a while', async () => {
    const now = performance.now.bind(performance);
    let passedMs = 0;
    const clock = jest.spyOn(performance, 'now').mockImplementation(() => now() + passedMs);
    using restoring = new DisposableStack();
    restoring.defer(() => clock.mockRestore());
    const lookAgainAfterMs = 3_600_000;
    const provider = connect({ lookAgainAfterMs });
    await until(() => !provider.isFailing);
    const fail = () =>
      provider.use('finish a sign-in', () => Promise.reject(new Error('Authentication failed, ECONNRESET')));
    const count = metadataCount();
    await expect(fail()).rejects.toMatchObject({ code: 'UPSTREAM_UNREACHABLE' });
    expect(metadataCount()).toBe(count);
    const fault = oidc.faults.always({ path: '*' }, { status: 503 });
    passedMs = lookAgainAfterMs;
    await expect(fail()).rejects.toMatchObject({ code: 'UPSTREAM_UNREACHABLE' });
    await until(() => provider.isFailing);
    fault[Symbol.dispose]();
    await until(() => !provider.isFailing);
  });
});

describe('explainSignInError', () => {
  it.each([
    ['Authentication failed, connect ECONNREFUSED 127.0.0.1:1', 'UPSTREAM_UNREACHABLE'],
    ['outgoing request timed out after 10000ms', 'UPSTREAM_TIMEOUT'],
    ['Authentication failed, invalid_client (secret is hunter2)', 'UPSTREAM_REFUSED'],
    ['Authentication rejected, expected 200 OK, got: 401 Unauthorized', 'UPSTREAM_UNAUTHENTICATED'],
    [`Authentication failed, Unexpected token '<', "<p>hunter2" is not valid JSON`, 'UPSTREAM_UNREADABLE'],
    ['Authentication rejected, access_denied (hunter2)', undefined],
  ])('%s', (message, code) => {
    const error = explainSignInError(new Error(message), 'finish a sign-in');
    expect('code' in error ? error.code : undefined).toBe(code);
    expect(error.message).not.toContain('hunter2');
  });

  it("keeps what is the library's own", () => {
    const error = new Error('Authentication failed, did not find expected authorization request details');
    expect(explainSignInError(error, 'finish a sign-in')).toBe(error);
  });
});
