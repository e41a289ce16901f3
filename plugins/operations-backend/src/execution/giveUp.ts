import { describeSafely } from '@leitstand/plugin-kit-node';
import type { RunLease } from '../database/RunLease';
import { interrupted } from './interruption';
import type { RunEnd } from './RunExecution';

/** Ends a run that cannot be carried out any more: a person has to look. @throws LeaseLost */
export async function giveUp(lease: RunLease, why: string): Promise<RunEnd> {
  const error = interrupted(why);
  const outcome = { state: 'needs-attention', error: describeSafely(error) } as const;
  await lease.finish(outcome);
  return { kind: 'finished', outcome, error };
}
