export { EntityOperations } from './EntityOperations';
export { DialogButton } from './DialogButton';
export { OperationButton } from './OperationButton';
export type { OperationButtonProps } from './OperationButton';
