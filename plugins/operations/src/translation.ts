import { createTranslationRef } from '@backstage/core-plugin-api/alpha';

/** Texts of the activity pages. */
export const operationsTranslationRef = createTranslationRef({
  id: 'operations',
  messages: {
    page: {
      filters: 'Filter',
      state: 'State',
      anyState: 'any',
      onlyMine: 'Only what I did',
      entity: 'On {{entityRef}}',
      requester: 'By {{requester}}',
    },
    run: {
      on: 'On',
      where: 'Where',
      environment: 'Environment',
      noEnvironment: 'none configured',
      who: 'Who',
      why: 'Why',
      noReason: 'no reason given',
      asked: 'Asked for',
      ended: 'Ended',
      took: 'Took',
      progress: 'What was done',
      changes: 'What changed',
      changesPlanned: 'What was to change',
      noChanges: 'No single value was recorded.',
    },
    lately: {
      title: 'What happened lately',
      all: 'All activity',
      empty: 'Nothing has been changed yet',
      emptyAdvice: 'Whatever is changed through the portal appears here.',
    },
  },
});
