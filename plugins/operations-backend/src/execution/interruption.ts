import { ConflictError, ServiceUnavailableError } from '@backstage/errors';
import { withCode } from '@leitstand/plugin-kit-common';
import { describeSafely } from '@leitstand/plugin-kit-node';
import type { Freeze, OperationErrorCode } from '@leitstand/plugin-operations-common';
import type { RunFailure } from '../database/RunLease';

/** The run ends here for now: whoever has it gives it back, and it is begun again from its top later. */
export abstract class Pause extends Error {}

/** It is not time yet. */
export class Asleep extends Pause {
  readonly wakeInMs: number;

  constructor(wakeInMs: number) {
    super('The run waits.');
    this.wakeInMs = wakeInMs;
  }
}

/** Nothing may be changed in this place at present. */
export class Frozen extends Pause {
  readonly freezes: Freeze[];

  constructor(freezes: Freeze[]) {
    super('A freeze holds the run.');
    this.freezes = freezes;
  }
}

/** The process ends; another one goes on. */
export class HandedOver extends Error {
  constructor() {
    super('The portal is shutting down.');
  }
}

/** A person asked the run to stop. */
export class CancelledByPerson extends ConflictError {
  readonly code = 'RUN_CANCELLED' satisfies OperationErrorCode;
  readonly name = 'ConflictError';

  constructor(cancelledBy: string) {
    super(`${cancelledBy} cancelled the run.`);
  }
}

/** The run is taken back: whatever it would do next is not begun. */
export class TakenBack extends Error {
  readonly failure: RunFailure;

  constructor(failure: RunFailure) {
    super(failure.message);
    this.failure = failure;
  }
}

/** Messages of others may lack their full stop. */
export function asSentence(message: string): string {
  return /[.!?]$/.test(message) ? message : `${message}.`;
}

/** Why a run needs somebody to look: the process ended under it, and what became of its step is not known. */
export function interrupted(what: string): Error {
  return withCode(
    new ServiceUnavailableError(`${asSentence(what)} Look at the target to see how far it came, and make a new plan.`),
    'RUN_INTERRUPTED' satisfies OperationErrorCode,
  );
}

/**
 * What upstream says became of something of which only the start is on record.
 *
 * @throws an interruption when nobody can tell, also because upstream does not answer
 */
export async function confirmed<T>(
  title: string,
  options: { signal: AbortSignal; ask: () => Promise<T | 'unknown'> },
): Promise<T> {
  const answer = await options.ask().catch((error: unknown) => {
    options.signal.throwIfAborted();
    throw interrupted(`What became of the step "${title}" could not be found out: ${describeSafely(error).message}`);
  });
  if (answer === 'unknown') throw interrupted(`The portal ended during the step "${title}".`);
  return answer;
}

/** What a cancel is on record as. */
export function failureByCancel(cancelledBy: string): RunFailure {
  return { ...describeSafely(new CancelledByPerson(cancelledBy)), state: 'cancelled' };
}

/** Whether an error came from {@link interrupted}. */
export function isInterruption(error: unknown): error is Error {
  return error instanceof ServiceUnavailableError && 'code' in error && error.code === 'RUN_INTERRUPTED';
}
