/** The Connections page. @packageDocumentation */
export { connectionsPlugin as default } from './plugin';
export { connectionsApiRef, portalHealthApiRef, type ConnectionsApi, type PortalHealthApi } from './api';
export { connectionsTranslationRef } from './translation';
