export { createClientFactory } from './createClientFactory';
