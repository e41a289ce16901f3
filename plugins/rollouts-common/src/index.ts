/** Contract of the clusters and workloads area. @packageDocumentation */
export * from './annotations';
export * from './cluster';
export * from './decodePodLog';
export * from './discovery';
export * from './errors';
export * from './fleet';
export * from './freshness';
export * from './health';
export * from './permissions';
export * from './pod';
export * from './podLog';
export * from './quantities';
export * from './rollback';
export * from './RolloutsClient';
export * from './workload';
export * from './workloadKinds';
export * from './workloadRef';
