/** The root service through which backend plugins publish live topics. @packageDocumentation */
export * from './liveService';
export * from './LatestState';
