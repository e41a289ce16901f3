import { useApiHolder, type IdentityApi } from '@backstage/core-plugin-api';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { readSignInProviders, type SignInProvider } from './signInProviders';

const storageKey = 'leitstand.signIn.provider';

/** Where signing in is. `unknownPerson`: the provider knows the person, Leitstand does not. */
export type SignInState =
  | { step: 'resuming' | 'choosing' }
  | { step: 'waiting'; providerId: SignInProvider['id'] }
  | { step: 'failed'; error: unknown }
  | { step: 'unknownPerson' };

/** Takes up the session of the way used last; else lets the person choose. */
export function useSignIn(onSignInSuccess: (identity: IdentityApi) => void) {
  const apis = useApiHolder();
  const providers = useMemo(() => readSignInProviders(apis), [apis]);
  const [state, setState] = useState<SignInState>({ step: 'resuming' });

  useEffect(() => {
    let isMounted = true;
    const remembered = providers.find(provider => provider.id === localStorage.getItem(storageKey));
    const resume = async () => {
      // A session that is gone or a backend that is away is no fault of the person: let them choose again.
      const identity = await remembered?.resume().catch(() => undefined);
      if (!isMounted) return;
      if (identity) onSignInSuccess(forgetOnSignOut(identity));
      else setState({ step: 'choosing' });
    };
    void resume();
    return () => {
      isMounted = false;
    };
  }, [providers, onSignInSuccess]);

  const signIn = useCallback(
    async (provider: SignInProvider) => {
      setState({ step: 'waiting', providerId: provider.id });
      try {
        const identity = await provider.signIn();
        if (!identity) return setState({ step: 'unknownPerson' });
        localStorage.setItem(storageKey, provider.id);
        onSignInSuccess(forgetOnSignOut(identity));
      } catch (error) {
        setState({ step: 'failed', error });
      }
      return undefined;
    },
    [onSignInSuccess],
  );

  return { providers, state, signIn };
}

/** Whoever signs out is asked again, instead of being let in by the remembered way at once. */
function forgetOnSignOut(identity: IdentityApi): IdentityApi {
  return {
    getProfileInfo: () => identity.getProfileInfo(),
    getBackstageIdentity: () => identity.getBackstageIdentity(),
    getCredentials: () => identity.getCredentials(),
    signOut: async () => {
      localStorage.removeItem(storageKey);
      await identity.signOut();
    },
  };
}
