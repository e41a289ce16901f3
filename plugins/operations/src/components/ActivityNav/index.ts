export { ActivityNav } from './ActivityNav';
