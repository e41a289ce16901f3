import { generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import type { ClientMetadata, Configuration, JWKS, KoaContextWithOIDC } from 'oidc-provider';
import type { Clock } from '../core';
import type { DemoUser } from './demoUsers';
import { MemoryAdapter, type OidcStorage } from './MemoryAdapter';
import { contentSecurityPolicy, errorPage } from './pages';

/** What the provider is set up for. */
export interface ProviderSetup {
  client: { id: string; secret: string };
  /** The one address that codes are sent to. */
  redirectUri: string;
  users: readonly DemoUser[];
  storage: OidcStorage;
  clock: Clock;
  jwks: JWKS;
  cookieSecret: string;
}

/** Where the page of one interaction is. */
export const signInPath = '/sign-in';

const hourSeconds = 3600;
const twoWeeksSeconds = 14 * 24 * hourSeconds;

/** A new RS256 key: what a relying party expects when it asks for no other algorithm (OpenID Connect Core 1.0, 15.1). */
export async function createSigningKeys(): Promise<JWKS> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  return { keys: [{ ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256' }] };
}

/** The configuration of `oidc-provider` for one confidential client: authorization code flow with PKCE, refresh, revocation. */
export function providerConfiguration(setup: ProviderSetup): Configuration {
  return {
    adapter: kind => new MemoryAdapter(kind, setup.storage, setup.clock),
    clients: [clientMetadata(setup)],
    jwks: setup.jwks,
    cookies: { keys: [setup.cookieSecret] },
    responseTypes: ['code'],
    scopes: ['openid', 'profile', 'email', 'offline_access'],
    claims: { openid: ['sub'], profile: ['name', 'preferred_username'], email: ['email', 'email_verified'] },
    pkce: { required: () => true },
    clientBasedCORS: () => false,
    features: {
      devInteractions: { enabled: false },
      dPoP: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      resourceIndicators: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      revocation: { enabled: true, allowedPolicy: async (_ctx, client, token) => client.clientId === token.clientId },
    },
    interactions: { url: (_ctx, interaction) => `${signInPath}/${interaction.uid}` },
    issueRefreshToken: async (_ctx, client) => client.grantTypeAllowed('refresh_token'),
    findAccount: (_ctx, name) => account(setup.users.find(user => user.name === name)),
    loadExistingGrant: grantWhatIsAsked,
    renderError: (ctx, out) => renderError(ctx, { ...out, redirectUri: setup.redirectUri }),
    ttl: {
      AccessToken: hourSeconds,
      AuthorizationCode: 60,
      Grant: twoWeeksSeconds,
      IdToken: hourSeconds,
      Interaction: hourSeconds,
      RefreshToken: twoWeeksSeconds,
      Session: twoWeeksSeconds,
    },
  };
}

function clientMetadata(setup: ProviderSetup): ClientMetadata {
  return {
    client_id: setup.client.id,
    client_secret: setup.client.secret,
    redirect_uris: [setup.redirectUri],
    response_types: ['code'],
    grant_types: ['authorization_code', 'refresh_token'],
    token_endpoint_auth_method: 'client_secret_basic',
  };
}

function account(user: DemoUser | undefined) {
  return (
    user && {
      accountId: user.name,
      claims: () => ({
        sub: user.name,
        preferred_username: user.name,
        name: user.displayName,
        email: user.email,
        email_verified: true,
      }),
    }
  );
}

/** The one client is the house's own, so nobody is asked for consent: it gets the scopes that it asks for. */
async function grantWhatIsAsked(ctx: KoaContextWithOIDC) {
  const { oidc } = ctx;
  const grant = new oidc.provider.Grant({ clientId: oidc.client?.clientId, accountId: oidc.session?.accountId });
  grant.addOIDCScope([...oidc.requestParamScopes].join(' '));
  await grant.save();
  return grant;
}

function renderError(
  ctx: KoaContextWithOIDC,
  out: { error: string; error_description?: string; redirectUri: string },
): void {
  ctx.type = 'html';
  ctx.set('Content-Security-Policy', contentSecurityPolicy(new URL(out.redirectUri).origin));
  ctx.body = errorPage({ title: 'Sign-in failed', detail: `${out.error}: ${out.error_description ?? 'no details'}` });
}
