import { renderInTestApp } from '@backstage/frontend-test-utils';
import type { IdentityApi } from '@backstage/core-plugin-api';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { oidcAuthApiRef } from '../apis';
import { SignInPage } from './SignInPage';

const identity = {
  type: 'user' as const,
  userEntityRef: 'user:default/operator',
  ownershipEntityRefs: ['user:default/operator'],
};

type OidcAuthApi = (typeof oidcAuthApiRef)['T'];

function renderPage(options: {
  signIn: { guest?: boolean; oidc?: { title?: string } };
  getBackstageIdentity?: OidcAuthApi['getBackstageIdentity'];
}) {
  const onSignInSuccess = jest.fn<void, [IdentityApi]>();
  const authApi: Partial<OidcAuthApi> = {
    getBackstageIdentity: options.getBackstageIdentity ?? (async () => undefined),
    getProfile: async () => ({ displayName: 'Operator' }),
    signOut: async () => {},
  };
  void renderInTestApp(<SignInPage onSignInSuccess={onSignInSuccess} />, {
    apis: [[oidcAuthApiRef, authApi]],
    config: { app: { title: 'Leitstand' }, leitstand: { signIn: options.signIn } },
  });
  return onSignInSuccess;
}

describe('SignInPage', () => {
  beforeEach(() => localStorage.clear());

  it('offers what the configuration offers, the named provider first', async () => {
    renderPage({ signIn: { guest: true, oidc: { title: 'Company login' } } });
    expect(await screen.findByRole('heading', { level: 1, name: 'Leitstand' })).toBeVisible();
    const names = (await screen.findAllByRole('button')).map(button => button.textContent);
    expect(names).toEqual(['Sign in with Company login', 'Continue as guest']);
    await waitFor(() => expect(document.title).toBe('Sign in | Leitstand'));
  });

  it('says so when there is no way in', async () => {
    renderPage({ signIn: { guest: false } });
    expect(await screen.findByText('No way to sign in is configured')).toBeVisible();
    expect(screen.queryByRole('button')).toBeNull();
  });

  it('signs in by keyboard, and the next visit takes the session up without asking', async () => {
    const getBackstageIdentity = jest.fn(async () => ({ token: 'header.payload.signature', identity }));
    const first = renderPage({ signIn: { oidc: {} }, getBackstageIdentity });
    const button = await screen.findByRole('button', { name: 'Sign in with OpenID Connect' });
    expect(getBackstageIdentity).not.toHaveBeenCalled();
    button.focus();
    await userEvent.keyboard('{Enter}');
    await waitFor(() => expect(first).toHaveBeenCalledTimes(1));
    expect(getBackstageIdentity).toHaveBeenLastCalledWith({ instantPopup: true });

    const second = renderPage({ signIn: { oidc: {} }, getBackstageIdentity });
    await waitFor(() => expect(second).toHaveBeenCalledTimes(1));
    expect(getBackstageIdentity).toHaveBeenLastCalledWith({ optional: true });

    await second.mock.calls[0][0].signOut();
    const third = renderPage({ signIn: { oidc: {} }, getBackstageIdentity });
    await waitFor(() => expect(screen.getAllByRole('button').length).toBeGreaterThan(1));
    expect(third).not.toHaveBeenCalled();
  });

  it('says that a person is unknown, or that signing in did not work, and lets them try again', async () => {
    const answers = [
      async () => undefined,
      () => Promise.reject(new Error('Login failed, popup was closed')),
      () => Promise.reject(new TypeError('Failed to fetch')),
    ];
    const onSignInSuccess = renderPage({
      signIn: { oidc: {} },
      getBackstageIdentity: () => (answers.shift() ?? answers[0])(),
    });
    const button = await screen.findByRole('button');
    await userEvent.click(button);
    expect(await screen.findByRole('alert')).toHaveTextContent('Leitstand knows no user that belongs to you');
    await userEvent.click(button);
    expect(await screen.findByText('Login failed, popup was closed')).toBeVisible();
    await userEvent.click(button);
    expect(await screen.findByText('Leitstand cannot be reached')).toBeVisible();
    expect(onSignInSuccess).not.toHaveBeenCalled();
  });
});
