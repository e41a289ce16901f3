export { ActivityIcon } from './ActivityIcon';
