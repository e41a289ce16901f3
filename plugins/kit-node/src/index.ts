/** What every backend plugin of Leitstand shares. @packageDocumentation */
export * from './authorize';
export * from './DatabaseClock';
export * from './DatabaseLease';
export * from './Heartbeat';
export * from './HealthChecks';
export { HeldLease } from './HeldLease';
export * from './isPostgres';
export * from './metrics';
export * from './openMigratedDatabase';
export * from './PortalProcess';
export { describeProblems } from './requestProblems';
export * from './route';
export * from './safeError';
export * from './SharedReads';
export * from './withinTime';
