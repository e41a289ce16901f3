import { ServiceUnavailableError } from '@backstage/errors';
import { withCode } from '@leitstand/plugin-kit-common';
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

/** The run is taken back: whatever it would do next is not begun. */
export class TakenBack extends Error {
  readonly failure: RunFailure;

  constructor(failure: RunFailure) {
    super(failure.message);
    this.failure = failure;
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
