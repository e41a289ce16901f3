import { createTranslationRef } from '@backstage/core-plugin-api/alpha';

/** Texts of the fields of templates. */
export const rolloutsTemplateTranslationRef = createTranslationRef({
  id: 'rollouts.template',
  messages: {
    revision: {
      previous: 'The one before the present',
      previousNumber: 'The one before the present (now revision {{revision}})',
      number: 'Revision {{revision}}',
      current: 'Present',
      by: 'by',
      entityFirst: 'Choose the Deployment first.',
      loading: 'Looking for its revisions…',
      failed: 'Its revisions could not be read. Left as it is, the one before the present is taken.',
      retry: 'Try again',
      noDeployment: 'No Deployment is known behind this entity.',
      none: 'It has no earlier revision: there is nothing to go back to.',
      gone: 'Revision {{revision}} is not in the history any more. Choose another.',
      isCurrent: 'Revision {{revision}} runs already. Choose another.',
    },
  },
});
