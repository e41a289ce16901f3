/** Contract of the clusters and workloads area. @packageDocumentation */
export * from './annotations';
export * from './contract';
export * from './errors';
export * from './permissions';
export * from './RolloutsClient';
export * from './workloadRef';
