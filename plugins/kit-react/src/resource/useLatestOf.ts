import { useState } from 'react';

/**
 * Of two sources that tell about the same thing, what came last; a time inside the value does not count, because a stale
 * state carries an earlier one than what it replaces.
 */
export function useLatestOf<TValue>(told: TValue | undefined, asked: TValue | undefined): TValue | undefined {
  const [seen, setSeen] = useState({ told, asked, latest: told ?? asked });
  if (seen.told === told && seen.asked === asked) return seen.latest;
  const latest = seen.told !== told ? (told ?? asked) : (asked ?? told);
  setSeen({ told, asked, latest });
  return latest;
}
