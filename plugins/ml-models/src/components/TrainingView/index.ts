export { TrainingView } from './TrainingView';
