import { ConflictError, InputError, NotAllowedError, NotFoundError } from '@backstage/errors';
import { withCode } from '@leitstand/plugin-kit-common';
import type { OperationErrorCode, Plan, Run } from '@leitstand/plugin-operations-common';

/** An error of the class that decides the status, with a code of the door. */
function coded<TError extends Error>(error: TError, code: OperationErrorCode): TError {
  return withCode(error, code);
}

/** There is no such run. */
export function runNotFound(id: string): Error {
  return coded(new NotFoundError(`There is no run ${id}`), 'RUN_NOT_FOUND');
}

/** A run that has ended is asked to stop. */
export function runFinished(id: string): Error {
  return coded(new ConflictError(`The run ${id} has ended already`), 'RUN_FINISHED');
}

/** Only the scaffolder says which of its tasks asks. */
export function taskNotYours(): Error {
  return new InputError('body.taskId: only the step of a task can name it');
}

/** The environment asks for a reason. */
export function reasonRequired({ environment }: Pick<Plan, 'environment'>): Error {
  return coded(new InputError(`body.reason: the environment ${environment} asks for a reason`), 'REASON_REQUIRED');
}

/** Who passes by a freeze or an approval has to say why. */
export function breakGlassReasonRequired(): Error {
  return coded(new InputError('body.reason: passing by freezes and approvals asks for a reason'), 'REASON_REQUIRED');
}

/** The person may not pass by freezes and approvals. */
export function breakGlassNotAllowed(): Error {
  return coded(
    new NotAllowedError('You may not pass by freezes and approvals. Ask an administrator of the portal.'),
    'BREAK_GLASS_NOT_ALLOWED',
  );
}

/** The run waits for nobody's yes, or not any more. */
export function approvalNotWaiting({ id, state }: Pick<Run, 'id' | 'state'>): Error {
  return coded(new ConflictError(`The run ${id} is ${state}: there is nothing to decide`), 'APPROVAL_NOT_WAITING');
}

/** The person is none of those who decide. */
export function approvalNotAllowed(why: string): Error {
  return coded(new NotAllowedError(why), 'APPROVAL_NOT_ALLOWED');
}

/** How a run ends that somebody said no to. */
export function approvalRejected(by: string, comment: string): Error {
  return coded(new ConflictError(`${by} said no: ${comment}`), 'APPROVAL_REJECTED');
}

/** The run cannot be taken back. */
export function runNotUndoable(why: string): Error {
  return coded(new ConflictError(`This run cannot be undone: ${why}`), 'RUN_NOT_UNDOABLE');
}

/** The plan cannot be run; undefined while it can. */
export function planNotOpen({ state }: Pick<Plan, 'state'>): Error | undefined {
  switch (state) {
    case 'open':
      return undefined;
    case 'used':
      return coded(new ConflictError('The plan has been run already. Make a new one.'), 'PLAN_USED');
    case 'expired':
      return coded(new ConflictError('The plan has expired. Make a new one.'), 'PLAN_EXPIRED');
    case 'stale':
      return coded(new ConflictError('The target is no longer as planned. Make a new plan.'), 'PLAN_STALE');
    default:
      return state satisfies never;
  }
}
