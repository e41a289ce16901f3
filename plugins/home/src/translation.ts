import { createTranslationRef } from '@backstage/core-plugin-api/alpha';

/** The texts of the home page. */
export const homeTranslationRef = createTranslationRef({
  id: 'leitstand.home',
  messages: {
    owned: {
      title: 'What do I own',
      loading: 'Loading what you own',
      all: 'Show all',
      more: 'and {{entityCount}} more in the catalog',
      empty: 'You own nothing yet',
      emptyAdvice: 'An entity is yours when its spec.owner is you or one of your groups. You are in: {{groups}}.',
      emptyAdviceWithoutGroups:
        'An entity is yours when its spec.owner is you or one of your groups. You are in no group: ask an administrator to add you to one.',
      openCatalog: 'Open the catalog',
    },
    starred: {
      title: 'Starred',
    },
  },
});
