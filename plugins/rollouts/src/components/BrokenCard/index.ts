export { BrokenCard } from './BrokenCard';
