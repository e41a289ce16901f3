import { describeSafely } from '@leitstand/plugin-kit-node';
import type { Freeze, Run } from '@leitstand/plugin-operations-common';
import type { ApplyResult, Operation, SecretReference } from '@leitstand/plugin-operations-node';
import type { StoredPlan } from '../database/PlanStore';
import type { RunFailure, RunOutcome } from '../database/RunLease';
import type { ClaimedRun } from '../database/RunQueue';
import type { RunRow } from '../database/runRow';
import type { RecordedStep } from '../database/StepStore';
import { CompensationFailed, Compensations } from './Compensations';
import { asSentence, Asleep, failureByCancel, Frozen, HandedOver, TakenBack } from './interruption';
import { StepRunner } from './StepRunner';

/** How long a freeze holds a run that has begun before it expires, in milliseconds. */
const heldForMs = 4 * 3_600_000;

/** What one run needs to be carried out. */
export interface RunExecutionOptions {
  claimed: ClaimedRun;
  stored: StoredPlan;
  operation: Operation;
  recorded: ReadonlyMap<string, RecordedStep>;
  /** False when the run was interrupted for so long that nobody expects it any more. */
  mayStart: boolean;
  findFreezes(): Promise<Freeze[]>;
  secret(reference: SecretReference): string;
  onChange(): void;
}

/** What became of a run in this process. */
export type RunEnd =
  | { kind: 'finished'; outcome: RunOutcome; error: unknown }
  | { kind: 'asleep'; wakeInMs: number }
  | { kind: 'held' }
  /** It is lost or handed over: another process goes on. */
  | { kind: 'left'; error: unknown };

/** Carries out one run, as the plugin: the requester's credentials are not kept. */
export class RunExecution {
  readonly #options: RunExecutionOptions;
  readonly #runner: StepRunner;
  /** The run is not this process's any more. */
  readonly #left = new AbortController();
  /** A person asked the run to stop. */
  readonly #cancelled = new AbortController();
  /** Of both. */
  readonly #signal: AbortSignal;
  /** Why the run is to be taken back, where that is on record. */
  readonly #failure: RunFailure | undefined;

  constructor(options: RunExecutionOptions) {
    this.#options = options;
    const { claimed, recorded, mayStart, findFreezes, onChange } = options;
    const { lease, row } = claimed;
    this.#failure = failureOf(row);
    lease.signal.addEventListener('abort', () => this.#left.abort(lease.signal.reason), { once: true });
    const signal = AbortSignal.any([this.#left.signal, this.#cancelled.signal]);
    const leaseSignal = this.#left.signal;
    this.#runner = new StepRunner({
      ...{ lease, recorded, mayStart, failure: this.#failure, signal, leaseSignal, findFreezes, onChange },
    });
    this.#signal = signal;
  }

  /** Asks the operation to stop; what it has done is taken back then, unless it succeeds nevertheless. */
  cancel(cancelledBy: string): void {
    this.#cancelled.abort(new TakenBack(failureByCancel(cancelledBy)));
  }

  /** The process ends: what is under way stays on record as started, and another process goes on. */
  handOver(): void {
    this.#left.abort(new HandedOver());
  }

  /** Never rejects for a reason of the operation. @throws what the database throws */
  async execute(): Promise<RunEnd> {
    const failure = this.#failure;
    try {
      if (failure && this.#options.recorded.size === 0)
        return await this.#finishTakenBack(failure, 'Nothing had been done.');
      const { error, result } = await this.#apply();
      const { pause } = this.#runner;
      this.#left.signal.throwIfAborted();
      if (pause) return await this.#pause(pause);
      if (result !== undefined && !failure) {
        return await this.#finish({ state: 'succeeded', ...(typeof result === 'string' ? { result } : result) });
      }
      return await this.#takeBack(error);
    } catch (error) {
      if (this.#left.signal.aborted) return { kind: 'left', error: this.#left.signal.reason };
      return this.#finish({ state: 'needs-attention', error: describeSafely(error) }, error);
    }
  }

  async #apply(): Promise<{ result?: string | ApplyResult; error?: unknown }> {
    const { claimed, stored, operation, secret } = this.#options;
    const { plan, basis } = stored;
    const runner = this.#runner;
    try {
      const result = await operation.apply({
        runId: claimed.row.id,
        entityRef: plan.entityRef,
        target: plan.target,
        input: operation.input.parse(plan.input) as unknown,
        basis: operation.basis.parse(basis) as unknown,
        requester: plan.requester,
        reason: claimed.row.reason ?? undefined,
        signal: this.#signal,
        step: (key, step) => runner.run(key, step),
        wait: (key, wait) => runner.wait(key, wait),
        secret,
      });
      return { result };
    } catch (error) {
      return { error };
    }
  }

  #pause(pause: NonNullable<StepRunner['pause']>): Promise<RunEnd> {
    if (pause instanceof Asleep) return this.#sleep(pause.wakeInMs);
    if (pause instanceof Frozen) return this.#hold(pause.freezes);
    throw pause;
  }

  async #sleep(wakeInMs: number): Promise<RunEnd> {
    await this.#options.claimed.lease.sleep(wakeInMs);
    return { kind: 'asleep', wakeInMs };
  }

  async #hold(freezes: Freeze[]): Promise<RunEnd> {
    const { claimed, recorded, onChange } = this.#options;
    await claimed.lease.hold({
      expiresAt: new Date(Date.now() + heldForMs),
      freezeIds: freezes.map(({ id }) => id),
      hasBegun: recorded.size > 0 || this.#runner.done.length > 0,
    });
    onChange();
    return { kind: 'held' };
  }

  /** Failure first: from its record on, whoever has the run goes on taking it back. */
  async #takeBack(thrown: unknown): Promise<RunEnd> {
    const { claimed, recorded, mayStart, onChange } = this.#options;
    const { lease } = claimed;
    const reason: unknown = this.#cancelled.signal.aborted ? this.#cancelled.signal.reason : thrown;
    if (this.#runner.interruption) throw this.#runner.interruption;
    await this.#runner.settle();
    const failure = this.#failure ?? failureAfter(reason);
    const { done, count } = this.#runner;
    const signal = this.#left.signal;
    const compensations = new Compensations({ lease, recorded, done, stepCount: count, mayStart, signal, onChange });
    if (compensations.isNeeded && claimed.row.failure === null) {
      await lease.recordFailure(failure);
      onChange();
    }
    try {
      const note = await compensations.carryOut();
      return await this.#finishTakenBack(failure, note, reason instanceof TakenBack ? undefined : reason);
    } catch (error) {
      if (!(error instanceof CompensationFailed)) throw error;
      const message = `${asSentence(failure.message)} ${asSentence(error.note)} Look at the target to see how far it came.`;
      return this.#finish({ state: 'needs-attention', error: { ...describe(failure), message } }, error.cause);
    }
  }

  #finishTakenBack(failure: RunFailure, note: string, error?: unknown): Promise<RunEnd> {
    const message = note === '' ? failure.message : `${asSentence(failure.message)} ${note}`;
    return this.#finish({ state: failure.state, error: { ...describe(failure), message } }, error);
  }

  async #finish(outcome: RunOutcome, error?: unknown): Promise<RunEnd> {
    await this.#options.claimed.lease.finish(outcome);
    this.#options.onChange();
    return { kind: 'finished', outcome, error };
  }
}

function failureOf(row: RunRow): RunFailure | undefined {
  if (row.failure !== null) return JSON.parse(row.failure) as RunFailure;
  return row.cancelled_by === null ? undefined : failureByCancel(row.cancelled_by);
}

function failureAfter(error: unknown): RunFailure {
  return error instanceof TakenBack ? error.failure : { ...describeSafely(error), state: 'failed' };
}

function describe({ name, code, message }: RunFailure): Run['error'] & object {
  return { name, ...(code !== undefined && { code }), message };
}
