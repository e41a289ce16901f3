export { WorkloadTab } from './WorkloadTab';
