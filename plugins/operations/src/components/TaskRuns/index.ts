export { TaskOutputs } from './TaskOutputs';
