/** The Connections page. @packageDocumentation */
export { connectionsPlugin as default } from './plugin';
export { connectionsApiRef, type ConnectionsApi } from './api';
export { connectionsTranslationRef } from './translation';
