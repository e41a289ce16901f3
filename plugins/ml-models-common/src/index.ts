/** Contract of the BigQuery ML area. @packageDocumentation */
export * from './annotations';
export * from './data';
export * from './entityLabel';
export * from './errors';
export * from './evaluation';
export * from './featureTypes';
export * from './freshness';
export * from './job';
export * from './MlModelsClient';
export * from './model';
export * from './modelRef';
export * from './operationInputs';
export * from './permissions';
export * from './predict';
export * from './serving';
