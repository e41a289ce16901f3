/** Contract of the portal's own health. @packageDocumentation */
export * from './permissions';
export * from './portalHealth';
export * from './PortalHealthClient';
export * from './portalParts';
