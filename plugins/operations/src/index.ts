/** Activity: the ledger of the one door for writes, in the browser. @packageDocumentation */
export { operationsPlugin as default } from './plugin';
export { operationsTranslationRef } from './translation';
