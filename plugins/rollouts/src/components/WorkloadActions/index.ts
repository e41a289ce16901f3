export { WorkloadActions } from './WorkloadActions';
export { WorkloadOperationButton } from './WorkloadOperationButton';
export { useWorkloadOperations, WorkloadOperationsProvider } from './WorkloadOperations';
export { SetImageButton } from './SetImageButton';
export { DeletePodButton } from './DeletePodButton';
