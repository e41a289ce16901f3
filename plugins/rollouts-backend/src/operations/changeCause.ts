/** Longest reason that goes into a change cause; the ledger has the whole. */
const maxReasonLength = 200;

/** Who has the run done, and why. */
export interface RunIdentity {
  runId: string;
  requester: string;
  reason: string | undefined;
}

/**
 * What an object says of its last change, for example `restarted by user:default/olga: memory leak (run 0c1c…)`. The
 * run's id in it tells whether a step took effect.
 */
export function changeCauseOf(did: string, run: RunIdentity): string {
  const reason = run.reason ? `: ${run.reason.replace(/\s+/g, ' ').slice(0, maxReasonLength)}` : '';
  return `${did} by ${run.requester}${reason} (run ${run.runId})`;
}
