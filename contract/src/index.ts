export { openTarget, type Clients, type Target } from './kubernetes/target';
