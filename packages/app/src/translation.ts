import { createTranslationRef } from '@backstage/core-plugin-api/alpha';

/** The texts of the application's frame. */
export const appTranslationRef = createTranslationRef({
  id: 'leitstand.app',
  messages: {
    layout: { skipToContent: 'Skip to content' },
    notFound: {
      title: 'There is no such page',
      advice: 'The address may be mistyped, or the page belongs to an area that is not configured here.',
      home: 'Home',
      catalog: 'Catalog',
    },
    navigation: {
      menu: 'Menu',
      search: 'Search',
      create: 'Create',
      register: 'Register',
      notifications: 'Notifications',
      settings: 'Settings',
    },
    signIn: {
      title: 'Sign in',
      purpose: 'What the team runs, how it is, and the way to change it.',
      oidc: 'Sign in with {{title}}',
      oidcDefaultTitle: 'OpenID Connect',
      guest: 'Continue as guest',
      guestNote: 'Guests see names and states. They change nothing and read no contents.',
      none: 'No way to sign in is configured',
      noneAdvice: 'Set leitstand.signIn and auth.providers in the configuration of this installation.',
      noIdentity: 'The provider signed you in, but Leitstand knows no user that belongs to you.',
      failed: 'Signing in did not work',
      loading: 'Looking for your session',
    },
  },
});
