import { randomBytes } from 'node:crypto';
import type { Provider } from 'oidc-provider';
import { createSystemClock, FaultPlan, Listener, RequestJournal, type Clock, type Exchange } from '../core';
import { createSigningKeys, providerConfiguration, signInPath } from './configuration';
import { demoUsers } from './demoUsers';
import { handleInteraction } from './interactions';

/** What the provider may be told. */
export interface OidcHomelabOptions {
  /** 0, the default, takes a free port. */
  port?: number;
  /** Where the portal is, as a browser sees it, for example `http://localhost:7007`. */
  portalUrl: string;
  /** Default: `leitstand`. */
  clientId?: string;
  /** Default: 256 random bits, new with each start. */
  clientSecret?: string;
  /** Decides when stored sessions expire; the tokens themselves carry the machine's time. Default: the machine's clock. */
  clock?: Clock;
}

/** One person that one can sign in as, for the message that says how to start. */
export interface SignIn {
  name: string;
  role: string;
  note: string;
}

/** A running OpenID Connect provider. */
export interface OidcHomelab extends AsyncDisposable {
  /** `http://127.0.0.1:<port>`. */
  issuer: string;
  /** Where its metadata is (OpenID Connect Discovery 1.0, 4). */
  metadataUrl: string;
  clientId: string;
  clientSecret: string;
  signIns: SignIn[];
  faults: FaultPlan;
  journal: RequestJournal;
  /** Ends every connection and forgets every session. */
  close(): Promise<void>;
}

/**
 * Starts `oidc-provider` on 127.0.0.1 with one client, the portal, and the demo users. fidelity.md says what it answers.
 *
 * @throws the system's error when the port is taken
 */
export async function startOidcHomelab(options: OidcHomelabOptions): Promise<OidcHomelab> {
  const clock = options.clock ?? createSystemClock();
  const client = {
    id: options.clientId ?? 'leitstand',
    secret: options.clientSecret ?? randomBytes(32).toString('base64url'),
  };
  const faults = new FaultPlan();
  const journal = new RequestJournal();
  const portalOrigin = new URL(options.portalUrl).origin;
  const jwks = await createSigningKeys();
  // The issuer's name holds the port, so the listener is there first; it answers only when this function is done.
  const handler = Promise.withResolvers<(exchange: Exchange) => Promise<void>>();
  const listener = await Listener.start({
    port: options.port,
    clock,
    faults,
    journal,
    handle: async exchange => (await handler.promise)(exchange),
    fail: ({ response }, status) => response.writeHead(status).end(),
  });
  const oidcProvider = await import('oidc-provider'); // an ES module; jest can load it only like this
  const provider = new oidcProvider.Provider(
    listener.url,
    providerConfiguration({
      client,
      clock,
      jwks,
      redirectUri: `${portalOrigin}/api/auth/oidc/handler/frame`,
      users: demoUsers,
      storage: new Map(),
      cookieSecret: randomBytes(32).toString('base64url'),
    }),
  );
  handler.resolve(createHandler(provider, portalOrigin));
  const close = () => listener.close();
  return {
    issuer: listener.url,
    metadataUrl: `${listener.url}/.well-known/openid-configuration`,
    clientId: client.id,
    clientSecret: client.secret,
    signIns: demoUsers.map(({ name, role, note }) => ({ name, role, note })),
    faults,
    journal,
    close,
    [Symbol.asyncDispose]: close,
  };
}

function createHandler(provider: Provider, portalOrigin: string): (exchange: Exchange) => Promise<void> {
  const answer = provider.callback();
  return async exchange => {
    const { request, response, url } = exchange;
    if (url.pathname.startsWith(`${signInPath}/`)) {
      await handleInteraction(exchange, { provider, users: demoUsers, portalOrigin });
      return;
    }
    if (url.pathname === '/auth') {
      // Each sign-in asks anew who one is, so that one can become somebody else: no session is carried over.
      delete request.headers.cookie;
    }
    await answer(request, response);
  };
}
