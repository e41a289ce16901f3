export { EntityOperations } from './EntityOperations';
export { OperationButton } from './OperationButton';
export type { OperationButtonProps } from './OperationButton';
