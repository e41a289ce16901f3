import { UserIdentity } from '@backstage/core-components';
import { configApiRef, discoveryApiRef, type ApiHolder, type IdentityApi } from '@backstage/core-plugin-api';
import { oidcAuthApiRef } from '../apis';
import { GuestIdentity } from './GuestIdentity';

/** One way to sign in that the configuration offers. */
export interface SignInProvider {
  id: 'oidc' | 'guest';
  /** What the provider is called in the configuration; undefined for the guest. */
  title?: string;
  /**
   * Opens a window where that is needed.
   *
   * @returns undefined where the provider knows the person and Leitstand does not
   * @throws Error when the person closes the window, or the provider or the backend refuses
   */
  signIn(): Promise<IdentityApi | undefined>;
  /** Takes up an earlier session without asking anything. Undefined where there is none. */
  resume(): Promise<IdentityApi | undefined>;
}

/** The ways to sign in of `leitstand.signIn`, the named provider before the guest. */
export function readSignInProviders(apis: ApiHolder): SignInProvider[] {
  const config = apis.get(configApiRef);
  return [
    ...(config?.has('leitstand.signIn.oidc')
      ? [oidcProvider(apis, config.getOptionalString('leitstand.signIn.oidc.title'))]
      : []),
    ...(config?.getOptionalBoolean('leitstand.signIn.guest') ? [guestProvider(apis)] : []),
  ];
}

function oidcProvider(apis: ApiHolder, title: string | undefined): SignInProvider {
  const identityOf = async (options: { optional?: boolean; instantPopup?: boolean }) => {
    const authApi = apis.get(oidcAuthApiRef);
    const identity = await authApi?.getBackstageIdentity(options);
    if (!authApi || !identity) return undefined;
    return UserIdentity.create({ identity: identity.identity, authApi, profile: await authApi.getProfile() });
  };
  return {
    id: 'oidc',
    title,
    signIn: () => identityOf({ instantPopup: true }),
    resume: () => identityOf({ optional: true }),
  };
}

function guestProvider(apis: ApiHolder): SignInProvider {
  const enter = async () => {
    const discoveryApi = apis.get(discoveryApiRef);
    if (!discoveryApi) return undefined;
    const identity = new GuestIdentity(discoveryApi);
    await identity.getBackstageIdentity();
    return identity;
  };
  return { id: 'guest', signIn: enter, resume: enter };
}
