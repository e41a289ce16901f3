export { TaskOutputs } from './TaskOutputs';
export { TaskRuns } from './TaskRuns';
