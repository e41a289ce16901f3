/** Clusters and workloads in the browser. @packageDocumentation */
export { rolloutsPlugin as default } from './plugin';
export { rolloutsApiRef, type RolloutsApi } from './api';
export { rolloutsTranslationRef } from './translation';
