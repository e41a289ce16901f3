import { ConflictError, ServiceUnavailableError } from '@backstage/errors';
import { withCode } from '@leitstand/plugin-kit-common';
import type { OperationErrorCode } from '@leitstand/plugin-operations-common';

/** Why a run's signal was aborted: a person asked for it. */
export class CancelledByPerson extends ConflictError {
  readonly code = 'RUN_CANCELLED' satisfies OperationErrorCode;
  readonly name = 'ConflictError';

  constructor(cancelledBy: string) {
    super(`${cancelledBy} cancelled the run. What it had done by then stays done.`);
  }
}

/** Why a run needs somebody to look: the process ended under it, and what became of its step is not known. */
export function interrupted(what: string): Error {
  return withCode(
    new ServiceUnavailableError(`${what} Look at the target to see how far it came, and make a new plan.`),
    'RUN_INTERRUPTED' satisfies OperationErrorCode,
  );
}

/** Whether an error came from {@link interrupted}. */
export function isInterruption(error: unknown): boolean {
  return error instanceof ServiceUnavailableError && 'code' in error && error.code === 'RUN_INTERRUPTED';
}
