/** Extension point through which areas declare operations, and what policies decide on. @packageDocumentation */
export * from './confirmOwnership';
export * from './Operation';
export * from './operationPlanRules';
export * from './operationsExtensionPoint';
export * from './Ownership';
export * from './secretReference';
