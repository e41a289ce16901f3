/** What the door answers besides the five groups' meaning. Closed list; each has a row in `docs/errors.md`. */
export const operationErrorCodes = [
  'OPERATION_UNKNOWN',
  'OPERATION_NOT_APPLICABLE',
  'OWNERSHIP_NOT_CONFIRMED',
  'OPERATION_NOT_ALLOWED',
  'NOTHING_TO_CHANGE',
  'PLAN_NOT_FOUND',
  'PLAN_EXPIRED',
  'PLAN_USED',
  'PLAN_STALE',
  'REASON_REQUIRED',
  'APPROVAL_NOT_ALLOWED',
  'APPROVAL_NOT_WAITING',
  'APPROVAL_REJECTED',
  'APPROVAL_EXPIRED',
  'FREEZE_NOT_FOUND',
  'FREEZE_INVALID',
  'BREAK_GLASS_NOT_ALLOWED',
  'RUN_NOT_UNDOABLE',
  'SECRET_UNKNOWN',
  'RUN_NOT_FOUND',
  'RUN_FINISHED',
  'RUN_INTERRUPTED',
  'RUN_CANCELLED',
] as const;

/** One of {@link operationErrorCodes}. */
export type OperationErrorCode = (typeof operationErrorCodes)[number];
