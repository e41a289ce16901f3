export { ActivityPages } from './ActivityPages';
