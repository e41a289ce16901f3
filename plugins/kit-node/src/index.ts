/** What every backend plugin of Leitstand shares. @packageDocumentation */
export * from './authorize';
export * from './route';
export * from './safeError';
