export { FreezesCard } from './FreezesCard';
