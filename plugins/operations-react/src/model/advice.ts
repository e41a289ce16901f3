import { describeError, type ErrorKind } from '@leitstand/plugin-kit-react';

/** Codes for which there is something particular to try; each is a key of the texts. */
const adviceCodes = [
  'PLAN_EXPIRED',
  'PLAN_USED',
  'PLAN_STALE',
  'PLAN_NOT_FOUND',
  'OWNERSHIP_NOT_CONFIRMED',
  'OPERATION_NOT_ALLOWED',
  'OPERATION_NOT_APPLICABLE',
  'NOTHING_TO_CHANGE',
  'REASON_REQUIRED',
  'RUN_INTERRUPTED',
  'RUN_CANCELLED',
  'APPROVAL_NOT_ALLOWED',
  'APPROVAL_NOT_WAITING',
  'APPROVAL_REJECTED',
  'APPROVAL_EXPIRED',
  'FREEZE_NOT_FOUND',
  'FREEZE_INVALID',
  'BREAK_GLASS_NOT_ALLOWED',
  'RUN_NOT_UNDOABLE',
  'RUN_FINISHED',
  'SECRET_UNKNOWN',
  'ROLLOUT_FAILED',
  'ROLLOUT_PAUSED',
  'REVISION_NOT_FOUND',
] as const;

/** Key of a text that says what to try. */
export type AdviceKey = (typeof adviceCodes)[number] | 'upstream' | 'forbidden';

/** Codes after which the same plan can never be run. */
const deadPlanCodes = ['PLAN_EXPIRED', 'PLAN_USED', 'PLAN_STALE', 'PLAN_NOT_FOUND'];

/** What to try after an error of a plan or a run. */
export function adviceOf(error: unknown): AdviceKey | undefined {
  const { code, kind } = describeError(error);
  return adviceCodes.find(candidate => candidate === code) ?? adviceOfKind(kind);
}

/** Whether only a new plan helps. */
export function isPlanDead(error: unknown): boolean {
  return deadPlanCodes.includes(describeError(error).code ?? '');
}

function adviceOfKind(kind: ErrorKind): AdviceKey | undefined {
  return kind === 'upstream' || kind === 'forbidden' ? kind : undefined;
}
