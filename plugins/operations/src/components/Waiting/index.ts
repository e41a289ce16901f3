export { WaitingCard } from './WaitingCard';
export { WaitingSection } from './WaitingSection';
