import { isFinished, type Plan, type Run } from '@leitstand/plugin-operations-common';
import type { Knex } from 'knex';
import type { RunStore } from '../database/RunStore';
import type { StepStore } from '../database/StepStore';
import type { Caller } from './Caller';
import type { OperationRegistry } from './OperationRegistry';
import type { PlanService } from './PlanService';
import { runNotUndoable } from './runErrors';
import type { RunRights } from './RunRights';
import type { RunSubject, RunWithPlan } from './RunSubject';

/** What the service stands on. */
export interface UndoServiceOptions {
  registry: OperationRegistry;
  planService: PlanService;
  rights: RunRights;
  runs: RunStore;
  steps: StepStore;
}

/** Plans what takes a run back. An undo is a run like any other, planned afresh and authorised for whoever asks. */
export class UndoService {
  readonly #options: UndoServiceOptions;

  constructor(options: UndoServiceOptions) {
    this.#options = options;
  }

  /**
   * @throws ConflictError with code `RUN_NOT_UNDOABLE` that says why; NotAllowedError with code `OPERATION_NOT_ALLOWED`;
   * NotFoundError with code `OPERATION_UNKNOWN`; and what planning the undoing operation throws
   */
  async plan({ run, stored, resource }: RunWithPlan, caller: Caller, signal: AbortSignal): Promise<Plan> {
    const { registry, planService, steps } = this.#options;
    await this.assertMayUndo({ run, resource }, caller);
    const operation = registry.get(run.operation);
    const recorded = await steps.findAll(run.id);
    const undo = await operation.undo?.({
      runId: run.id,
      entityRef: run.entityRef,
      target: run.target,
      input: operation.input.parse(stored.plan.input) as unknown,
      basis: operation.basis.parse(stored.basis) as unknown,
      outputs: Object.fromEntries([...recorded].map(([key, step]) => [key, step.output])),
      signal,
    });
    if (!undo) throw runNotUndoable(run.undo.note);
    const { id: undoes, entityRef, target: undoneTarget } = run;
    return planService.create({ ...undo, entityRef, caller, undoes, undoneTarget, signal });
  }

  /** Asks the ledger and the policy, and nobody upstream. @throws as {@link plan} */
  async assertMayUndo({ run, resource }: RunSubject, caller: Caller): Promise<void> {
    const { registry, rights } = this.#options;
    if (!isFinished(run.state)) throw runNotUndoable('it has not ended yet. Cancel it.');
    if (!hasLastingEffect(run)) throw runNotUndoable('nothing that it did is left.');
    if (!run.undo.isPossible || !registry.get(run.operation).undo) throw runNotUndoable(run.undo.note);
    await this.assertNotUndone(run.id);
    await rights.assertMayUndo({ run, resource }, caller);
  }

  /**
   * @param transaction - in which an undo is asked for: of several at once, one is
   * @throws ConflictError with code `RUN_NOT_UNDOABLE` when a run took it back or is about to
   */
  async assertNotUndone(runId: string, transaction?: Knex.Transaction): Promise<void> {
    const undoer = await this.#options.runs.findUndoer(runId, transaction);
    if (!undoer) return;
    throw runNotUndoable(
      undoer.state === 'succeeded' ? `the run ${undoer.id} undid it.` : `the run ${undoer.id} is to undo it.`,
    );
  }
}

/** A run that failed half-way counts too, as long as a step of it was not taken back. */
function hasLastingEffect({ state, steps }: Run): boolean {
  if (state === 'succeeded') return true;
  const done = steps.filter(step => step.state === 'done').map(({ key }) => key);
  return steps.some(({ key, kind }) => kind === 'apply' && done.includes(key) && !done.includes(`undo:${key}`));
}
