/** For the tests of plugins that show or begin operations. @packageDocumentation */
export * from './idleOperationsApi';
export * from './testData';
