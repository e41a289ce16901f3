export { WorkloadActions } from './WorkloadActions';
export { useWorkloadOperations, WorkloadOperationsProvider } from './WorkloadOperations';
export { SetImageButton } from './SetImageButton';
export { DeletePodButton } from './DeletePodButton';
