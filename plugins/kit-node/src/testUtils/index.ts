/** For the tests of backend plugins. @packageDocumentation */
export * from './codeOf';
export * from './eventually';
