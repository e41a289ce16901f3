export { LatelyCard } from './LatelyCard';
