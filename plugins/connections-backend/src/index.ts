export { connectionsPlugin as default } from './plugin';
