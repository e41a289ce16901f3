/** Contract of the one door for writes. @packageDocumentation */
export * from './approval';
export * from './availability';
export * from './errors';
export * from './freeze';
export * from './OperationsClient';
export * from './permissions';
export * from './plan';
export * from './run';
export * from './target';
