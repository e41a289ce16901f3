import { createTranslationRef } from '@backstage/core-plugin-api/alpha';

/** Texts of the page of catalogue providers. */
export const providersTranslationRef = createTranslationRef({
  id: 'rollouts.providers',
  messages: {
    page: {
      intro: 'What comes into the catalogue by itself, from where, and what was left out.',
      writer: '{{provider}} is written by {{process}}. Its lease ends',
      noWriter: 'No process writes {{provider}} at present. One takes over within 20 seconds.',
      refreshFailed: 'This page could not be brought up to date.',
      empty: 'Nothing is discovered',
      emptyAdvice: 'Name a cluster in the configuration to have its workloads in the catalogue.',
      title: '{{source}}: {{provider}}',
    },
    state: { complete: 'Complete', incomplete: 'Incomplete', never: 'Never run' },
    meaning: {
      complete: 'Everything was read, and the catalogue has it.',
      incomplete: 'Not everything could be read. What the catalogue had before stays.',
      never: 'Nothing was read yet.',
    },
    fact: {
      lastRun: 'Last run',
      lastComplete: 'Last complete',
      entities: 'Entities',
      never: 'never',
    },
    leftOut: { title: 'Left out', what: 'What', count: 'How many', reason: 'Why', none: 'Nothing was left out.' },
    notes: { title: 'Taken, but not as it stood', entity: 'Entity', message: 'What differs' },
    error: { title: 'Last error:', code: 'Code: {{code}}' },
  },
});
