import { useApprovals } from '@leitstand/plugin-operations-react';
import { WaitingCard } from './WaitingCard';

/** The card on the activity page, where it would only be in the way while nothing waits. */
export function WaitingSection() {
  const { value } = useApprovals();
  return value && value.items.length > 0 ? <WaitingCard /> : null;
}
