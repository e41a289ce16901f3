/** Shared by everything that shows or starts operations. @packageDocumentation */
export * from './api';
export * from './components/ActivityTable';
export * from './components/Fact';
export * from './components/OperationButton';
export * from './components/OperationDialog';
export * from './components/PlanView';
export * from './components/RunView';
export * from './components/FailureAlert';
export * from './components/TargetLine';
export * from './hooks/useAvailableOperations';
export * from './hooks/useRun';
export * from './hooks/useRuns';
export { runStateLooks } from './model/describeRun';
export * from './routes';
export * from './translation';
