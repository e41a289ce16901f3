export { EvaluationView } from './EvaluationView';
