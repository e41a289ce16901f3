export { ServingView } from './ServingView';
