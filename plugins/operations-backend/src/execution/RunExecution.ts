import { errorCodeOf } from '@leitstand/plugin-kit-common';
import { describeSafely } from '@leitstand/plugin-kit-node';
import type { Run } from '@leitstand/plugin-operations-common';
import type { Operation } from '@leitstand/plugin-operations-node';
import type { StoredPlan } from '../database/PlanStore';
import type { RunOutcome, RunStore } from '../database/RunStore';
import type { RecordedStep, StepStore } from '../database/StepStore';
import { CancelledByPerson, isInterruption } from './interruption';
import { StepRunner } from './StepRunner';

/** What one run needs to be carried out. */
export interface RunExecutionOptions {
  run: Run;
  stored: StoredPlan;
  operation: Operation;
  recorded: ReadonlyMap<string, RecordedStep>;
  runs: RunStore;
  steps: StepStore;
  onChange(): void;
}

/** Carries out one run, as the plugin: the requester's credentials are not kept. */
export class RunExecution {
  readonly #options: RunExecutionOptions;
  readonly #end = new AbortController();

  constructor(options: RunExecutionOptions) {
    this.#options = options;
  }

  /** Asks the operation to stop; the reason decides how the run ends, unless it succeeds nevertheless. */
  abort(reason: Error): void {
    this.#end.abort(reason);
  }

  /** Resolves to how the run ended; the ledger has it by then, unless somebody else ended it first. */
  async execute(): Promise<{ outcome: RunOutcome; error: unknown }> {
    const { run, runs, onChange } = this.#options;
    await runs.markRunning(run.id);
    onChange();
    let error: unknown;
    let outcome: RunOutcome;
    try {
      outcome = { state: 'succeeded', result: await this.#apply() };
    } catch (thrown) {
      error = this.#end.signal.aborted ? this.#end.signal.reason : thrown;
      outcome = { state: stateAfter(error), error: describeSafely(error) };
    }
    await runs.finish(run.id, outcome);
    onChange();
    return { outcome, error };
  }

  #apply(): Promise<string> {
    const { run, stored, operation, recorded, steps, onChange } = this.#options;
    const { signal } = this.#end;
    signal.throwIfAborted();
    const runner = new StepRunner({
      runId: run.id,
      steps,
      recorded,
      resumableUntil: new Date(stored.plan.expiresAt),
      signal,
      onChange,
    });
    return operation.apply({
      runId: run.id,
      entityRef: run.entityRef,
      target: run.target,
      input: operation.input.parse(stored.plan.input) as unknown,
      basis: operation.basis.parse(stored.basis) as unknown,
      requester: run.requester,
      reason: run.reason,
      signal,
      step: (key, step) => runner.run(key, step),
    });
  }
}

function stateAfter(error: unknown): RunOutcome['state'] {
  if (error instanceof CancelledByPerson) return 'cancelled';
  return isInterruption(error) ? 'needs-attention' : 'failed';
}

/** Whether a run ended because upstream is no longer as planned. */
export function isStale(error: unknown): boolean {
  return errorCodeOf(error) === 'PLAN_STALE';
}
