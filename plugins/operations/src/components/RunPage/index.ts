export { FormerRunPage } from './FormerRunPage';
export { RunPage } from './RunPage';
