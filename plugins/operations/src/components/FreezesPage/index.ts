export { FreezesPage } from './FreezesPage';
