/** What the portal wrote to an object about its last change. */
export interface PortalChangeCause {
  /** For example `restarted`. */
  did: string;
  /** Who asked for it. */
  requester: string;
  reason: string | undefined;
  runId: string;
}

/** `<what> by <who>: <why> (run <id>)`; the reason may be left out. */
const pattern = /^(.+?) by ([a-z]+:[^\s:/]+\/[^\s:/]+)(?:: (.*))? \(run ([0-9a-f-]{36})\)$/s;

/** Reads a change cause that the portal wrote; undefined of anybody else's. */
export function parseChangeCause(changeCause: string): PortalChangeCause | undefined {
  const match = pattern.exec(changeCause);
  if (!match) return undefined;
  const [, did, requester, reason, runId] = match;
  return { did, requester, reason, runId };
}
