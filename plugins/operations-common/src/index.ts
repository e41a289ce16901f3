/** Contract of the one door for writes. @packageDocumentation */
export * from './contract';
export * from './errors';
export * from './OperationsClient';
export * from './permissions';
