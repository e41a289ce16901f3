import { coreServices, createBackendModule } from '@backstage/backend-plugin-api';
import { oidcAuthenticator, oidcSignInResolvers } from '@backstage/plugin-auth-backend-module-oidc-provider';
import {
  authProvidersExtensionPoint,
  createOAuthAuthenticator,
  createOAuthProviderFactory,
} from '@backstage/plugin-auth-node';
import { portalAccountsServiceRef } from '@leitstand/plugin-connections-node';
import { findingOfSystems, healthChecksServiceRef, type AreaFinding } from '@leitstand/plugin-kit-node';
import { OidcProvider, type OidcProviderOptions } from './OidcProvider';
import { tellPopup } from './tellPopup';

/** What is told of each provider that the configuration has. */
export type RecoveringAuthenticatorOptions = Omit<OidcProviderOptions, 'connect'> & {
  onProvider(provider: OidcProvider): void;
};

/** Backstage's authenticator for OpenID Connect, which gets over a provider that fails or was not there at the start. */
export function createRecoveringAuthenticator({ onProvider, ...options }: RecoveringAuthenticatorOptions) {
  const { defaultProfileTransform, scopes, initialize, start, authenticate, refresh, logout } = oidcAuthenticator;
  return createOAuthAuthenticator({
    ...{ defaultProfileTransform, scopes },
    initialize(settings) {
      const provider = new OidcProvider({ ...options, connect: () => initialize(settings) });
      onProvider(provider);
      return provider;
    },
    start: (input, provider: OidcProvider) => provider.use('begin a sign-in', context => start(input, context)),
    authenticate: (input, provider) => provider.use('finish a sign-in', context => authenticate(input, context)),
    refresh: (input, provider) => provider.use('renew a sign-in', context => refresh(input, context)),
    logout: (input, provider) => provider.use('end a sign-in', async context => logout?.(input, context)),
  });
}

const providerId = 'oidc';

/** Down while nobody can sign in. */
function findingOf(providers: readonly OidcProvider[]): AreaFinding {
  const failingCount = providers.filter(({ isFailing }) => isFailing).length;
  if (failingCount === providers.length) return { state: 'down', reason: 'upstreams-failing' };
  return findingOfSystems({ count: providers.length, failingCount });
}

/** Stands in for Backstage's own module of this name. The area `sign-in` of the readiness says how the provider is. */
export const openIdConnectModule = createBackendModule({
  pluginId: 'auth',
  moduleId: 'oidc-provider',
  register(env) {
    env.registerInit({
      deps: {
        accounts: portalAccountsServiceRef,
        health: healthChecksServiceRef,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        providers: authProvidersExtensionPoint,
      },
      async init({ accounts, health, lifecycle, logger, providers }) {
        const known: OidcProvider[] = []; // one for each environment of the configuration, usually one
        accounts.add('signIns', async () =>
          known.map(({ issuer, isFailing }) => ({ provider: providerId, issuer, isFailing })),
        );
        const authenticator = createRecoveringAuthenticator({
          logger,
          onProvider(provider) {
            lifecycle.addShutdownHook(() => provider[Symbol.dispose]());
            known.push(provider);
            if (known.length === 1) health.add({ area: 'sign-in', check: async () => findingOf(known) });
          },
        });
        const factory = createOAuthProviderFactory({
          authenticator,
          signInResolverFactories: { ...oidcSignInResolvers },
        });
        providers.registerProvider({ providerId, factory: tellPopup(factory) });
      },
    });
  },
});
