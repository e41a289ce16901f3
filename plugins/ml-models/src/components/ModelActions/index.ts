export { ModelActions } from './ModelActions';
