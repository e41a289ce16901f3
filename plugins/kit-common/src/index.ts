/** What every contract package of Leitstand shares. @packageDocumentation */
export * from './UpstreamError';
export * from './errorCode';
export * from './errors';
export * from './JsonClient';
export * from './connection';
export * from './discovery';
