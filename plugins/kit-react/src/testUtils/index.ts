/** For the tests of frontend plugins. @packageDocumentation */
export * from './TestLiveApi';
