import { describeSafely } from '@leitstand/plugin-kit-node';
import type { RunPermissions } from '@leitstand/plugin-operations-common';
import type { Caller } from './Caller';
import { approvalNotWaiting } from './runErrors';
import type { RunRights } from './RunRights';
import type { RunService } from './RunService';
import type { UndoService } from './UndoService';

/** What the service stands on. */
export interface RunPermissionsServiceOptions {
  runService: RunService;
  undoService: UndoService;
  rights: RunRights;
}

/** Says what a person may do with a run now, so that a page shows no button that would be refused. */
export class RunPermissionsService {
  readonly #options: RunPermissionsServiceOptions;

  constructor(options: RunPermissionsServiceOptions) {
    this.#options = options;
  }

  /** Asks nobody upstream. @throws NotFoundError with code `RUN_NOT_FOUND` */
  async of(runId: string, caller: Caller): Promise<RunPermissions> {
    const { runService, undoService, rights } = this.#options;
    const subject = await runService.getSubject(runId);
    const isHeldUp = subject.run.state === 'awaiting-approval' || subject.run.state === 'held';
    const [approve, cancel, undo, breakGlass] = await Promise.all([
      permissionOf(rights.assertMayDecide(subject, caller)),
      permissionOf(rights.assertMayCancel(subject, caller)),
      permissionOf(undoService.assertMayUndo(subject, caller)),
      permissionOf(
        isHeldUp
          ? rights.assertMayBreakGlass(subject.resource, caller)
          : Promise.reject(approvalNotWaiting(subject.run)),
      ),
    ]);
    return { approve, cancel, undo, breakGlass };
  }
}

async function permissionOf(check: Promise<unknown>): Promise<{ isAllowed: boolean; refusal?: string }> {
  return check.then(
    () => ({ isAllowed: true }),
    (error: unknown) => ({ isAllowed: false, refusal: describeSafely(error).message }),
  );
}
