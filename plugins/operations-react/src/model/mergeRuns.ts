import type { Run, RunList } from '@leitstand/plugin-operations-common';

/** What of the ledger a table has loaded, newest first. */
export interface LoadedRuns {
  runs: Run[];
  nextCursor?: string;
}

/** Puts the next older page behind what is loaded. */
export function appendPage(loaded: LoadedRuns, page: RunList): LoadedRuns {
  const known = new Set(loaded.runs.map(run => run.id));
  return { runs: [...loaded.runs, ...page.items.filter(run => !known.has(run.id))], nextCursor: page.nextCursor };
}

/**
 * Brings the newest page up to date and keeps the older ones. Where the two do not meet (more new runs than a page
 * holds), the older ones are dropped: a gap in a ledger would not be seen.
 */
export function refreshFirstPage(loaded: LoadedRuns, page: RunList): LoadedRuns {
  const oldest = page.items.at(-1);
  if (!oldest || !page.nextCursor) return { runs: page.items, nextCursor: page.nextCursor };
  const seam = loaded.runs.findIndex(run => run.id === oldest.id);
  if (seam < 0) return { runs: page.items, nextCursor: page.nextCursor };
  return { runs: [...page.items, ...loaded.runs.slice(seam + 1)], nextCursor: loaded.nextCursor };
}
