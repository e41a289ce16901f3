export { PredictView } from './PredictView';
