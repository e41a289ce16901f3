/** Models and predictions in the browser. @packageDocumentation */
export { mlModelsPlugin as default } from './plugin';
export { mlModelsApiRef, type MlModelsApi } from './api';
export { metricsTranslationRef, mlModelsTranslationRef } from './translation';
