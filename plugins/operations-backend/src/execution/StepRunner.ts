import { ServiceUnavailableError } from '@backstage/errors';
import { UpstreamError } from '@leitstand/plugin-kit-common';
import type { Freeze } from '@leitstand/plugin-operations-common';
import type {
  Compensation,
  JsonValue,
  OperationStep,
  OperationWait,
  StepContext,
} from '@leitstand/plugin-operations-node';
import type { RunFailure, RunLease } from '../database/RunLease';
import type { RecordedStep, StepEnd } from '../database/StepStore';
import { Asleep, confirmed, Frozen, interrupted, isInterruption, TakenBack, type Pause } from './interruption';
import { withProgress } from './withProgress';

/** What the steps of one run need. */
export interface StepRunnerOptions {
  lease: RunLease;
  /** Steps on record from before this process had the run; empty for a new run. */
  recorded: ReadonlyMap<string, RecordedStep>;
  /** False when the run was interrupted for so long that nobody expects it any more. */
  mayStart: boolean;
  /** Where the run is to be taken back: nothing is begun anew. */
  failure: RunFailure | undefined;
  /** Aborted when the run is cancelled, lost or handed over. */
  signal: AbortSignal;
  /** Aborted when the run is lost or handed over: what tidies up after a cancel goes on until then. */
  leaseSignal: AbortSignal;
  /** Freezes that hold the run. */
  findFreezes(): Promise<Freeze[]>;
  /** Called after each change of what is on record. */
  onChange(): void;
}

/** A step that took effect, and how to take it back. */
export interface DoneStep {
  key: string;
  title: string;
  output: JsonValue | undefined;
  compensate: Compensation<JsonValue | void> | undefined;
}

/** Of steps, in characters: those of compensations are five longer, and the column takes 100. */
const maxKeyLength = 95;

type AnyStep = OperationStep<JsonValue | void>;

/**
 * Carries out the steps of one run: *started* is on record before `do`, *done* with the output after. A step found
 * started is not repeated blindly: `confirm` looks upstream first.
 */
export class StepRunner {
  /** In the order in which they were done. */
  readonly done: DoneStep[] = [];
  /** Set where the run pauses, whatever `apply` makes of it. */
  pause: Pause | undefined;
  /** Set where nobody can tell how far the run came, or nobody expects it any more. */
  interruption: Error | undefined;
  readonly #options: StepRunnerOptions;
  readonly #seen = new Set<string>();
  /** Steps of which nobody here knows what became: cut off, or failed without an answer from upstream. */
  readonly #unsettled = new Map<string, { step: AnyStep; isCutOff: boolean }>();

  constructor(options: StepRunnerOptions) {
    this.#options = options;
  }

  /** How many steps `apply` has come by. */
  get count(): number {
    return this.#seen.size;
  }

  /** @throws what `do` and `confirm` throw; an interruption when nobody can tell whether the step took effect */
  async run<TOutput extends JsonValue | void>(key: string, step: OperationStep<TOutput>): Promise<TOutput> {
    const earlier = this.#enter(key);
    const { failure } = this.#options;
    const isOpen = earlier?.state === 'started' || (earlier?.state === 'failed' && failure === undefined);
    if (earlier?.state === 'done') return this.#keep(key, step, earlier.output as TOutput);
    const found = isOpen ? await this.#confirm(key, step) : undefined;
    if (found) return found.output;
    if (failure) throw new TakenBack(failure);
    await this.#orInterrupt(async () => this.#assertMayStart(step.title));
    const freezes = await this.#options.findFreezes();
    if (freezes.length > 0) throw this.#pauseWith(new Frozen(freezes));
    this.#options.signal.throwIfAborted();
    return this.#do(key, step);
  }

  /** @throws what `look` throws; a pause until the next look; ServiceUnavailableError when the time is up */
  async wait<TOutput extends JsonValue | void>(key: string, wait: OperationWait<TOutput>): Promise<TOutput> {
    const earlier = this.#enter(key);
    const { failure, lease, onChange } = this.#options;
    if (earlier?.state === 'done') return earlier.output as TOutput;
    if (failure) {
      if (earlier?.state === 'waiting') await this.#stopWaiting(key, wait);
      throw new TakenBack(failure);
    }
    if (earlier?.state !== 'waiting') {
      await lease.startStep({ key, title: wait.title, kind: 'apply', position: this.count, state: 'waiting' });
      onChange();
    }
    const seen = await this.#look(key, wait);
    if (seen !== 'not-yet') {
      await this.#finish({ key, state: 'done', output: seen.done ?? undefined });
      return seen.done;
    }
    const endsAt = (earlier?.startedAt.getTime() ?? Date.now()) + wait.timeoutMs;
    if (Date.now() < endsAt) throw this.#pauseWith(new Asleep(Math.min(wait.everyMs, endsAt - Date.now())));
    await this.#stopWaiting(key, wait);
    throw new ServiceUnavailableError(`"${wait.title}" did not end within ${inWords(wait.timeoutMs)}.`);
  }

  /**
   * Finds out what became of the steps that were under way when the run was cancelled, or to which upstream gave no answer.
   *
   * @throws an interruption when nobody can tell
   */
  async settle(): Promise<void> {
    for (const [key, { step, isCutOff }] of this.#unsettled) {
      if (isCutOff) {
        if (!(await this.#confirm(key, step))) await this.#finish({ key, state: 'failed' });
      } else if (await this.#isAnswering(step)) await this.#confirm(key, step);
    }
  }

  /** An upstream that is simply down took nothing in: the step stays failed. */
  async #isAnswering(step: AnyStep): Promise<boolean> {
    const { leaseSignal } = this.#options;
    return step.confirm({ signal: leaseSignal }).then(
      () => true,
      () => {
        leaseSignal.throwIfAborted();
        return false;
      },
    );
  }

  #enter(key: string): RecordedStep | undefined {
    this.#options.signal.throwIfAborted();
    const end = this.pause ?? this.interruption;
    if (end) throw end;
    if (this.#seen.has(key)) throw new Error(`Two steps of one run have the key ${key}`);
    if (key.startsWith('undo:')) throw new Error(`The key ${key} is kept for compensations`);
    if (key.length > maxKeyLength) throw new Error(`The key ${key} is longer than ${maxKeyLength} characters`);
    this.#seen.add(key);
    return this.#options.recorded.get(key);
  }

  #assertMayStart(title: string): void {
    if (this.#options.mayStart) return;
    throw interrupted(`The portal ended before the step "${title}", and nobody went on for a long time.`);
  }

  /** Whatever `apply` makes of it: an interruption stays one. */
  async #orInterrupt<T>(act: () => Promise<T>): Promise<T> {
    try {
      return await act();
    } catch (error) {
      if (isInterruption(error)) this.interruption = error;
      throw error;
    }
  }

  #pauseWith(pause: Pause): Pause {
    this.pause = pause;
    return pause;
  }

  /** Undefined where the step took no effect; where it did, it is on record as done. */
  async #confirm<TOutput extends JsonValue | void>(
    key: string,
    step: OperationStep<TOutput>,
  ): Promise<{ output: TOutput } | undefined> {
    const signal = this.#options.leaseSignal;
    const confirmation = await this.#orInterrupt(() =>
      confirmed(step.title, { signal, ask: () => step.confirm({ signal }) }),
    );
    if (confirmation === 'not-done') return undefined;
    const output = confirmation === 'done' ? undefined : confirmation.output;
    await this.#finish({ key, state: 'done', output: output ?? undefined });
    return { output: this.#keep(key, step, output as TOutput) };
  }

  async #do<TOutput extends JsonValue | void>(key: string, step: OperationStep<TOutput>): Promise<TOutput> {
    const { lease, signal, onChange } = this.#options;
    await lease.startStep({ key, title: step.title, kind: 'apply', position: this.count, state: 'started' });
    onChange();
    this.#unsettled.set(key, { step: step as AnyStep, isCutOff: true });
    try {
      signal.throwIfAborted();
      const output = await this.#withProgress(key, context => step.do(context));
      await this.#finish({ key, state: 'done', output: output ?? undefined });
      return this.#keep(key, step, output);
    } catch (error) {
      // Without an answer from upstream nobody knows what became of the step: it stays on record as started.
      if (signal.aborted) throw error;
      if (hasNoAnswer(error)) this.#unsettled.set(key, { step: step as AnyStep, isCutOff: false });
      else this.#unsettled.delete(key);
      await this.#finish({ key, state: 'failed' });
      throw error;
    }
  }

  async #look<TOutput extends JsonValue | void>(
    key: string,
    wait: OperationWait<TOutput>,
  ): Promise<{ done: TOutput } | 'not-yet'> {
    const { signal, leaseSignal } = this.#options;
    try {
      const seen = await this.#withProgress(key, context => wait.look(context));
      if (seen === 'not-yet') signal.throwIfAborted();
      return seen;
    } catch (error) {
      leaseSignal.throwIfAborted();
      if (signal.aborted) await this.#stopWaiting(key, wait);
      else await this.#finish({ key, state: 'failed' });
      throw error;
    }
  }

  /** `cancel` may be called again when the process ends between it and the record: it asks for an end, not for a change. */
  async #stopWaiting<TOutput extends JsonValue | void>(key: string, wait: OperationWait<TOutput>): Promise<void> {
    const { leaseSignal } = this.#options;
    try {
      await wait.cancel?.({ signal: leaseSignal });
    } catch {
      leaseSignal.throwIfAborted();
      this.interruption = interrupted(`What "${wait.title}" waits for could not be stopped.`);
      throw this.interruption;
    }
    await this.#finish({ key, state: 'failed' });
  }

  #withProgress<T>(key: string, act: (context: StepContext) => Promise<T>): Promise<T> {
    const { lease, signal, onChange } = this.#options;
    return withProgress({ lease, key, signal, onChange }, act);
  }

  #keep<TOutput extends JsonValue | void>(key: string, step: OperationStep<TOutput>, output: TOutput): TOutput {
    const { title } = step;
    const compensate = step.compensate as DoneStep['compensate'];
    this.done.push({ key, title, output: (output ?? undefined) as JsonValue | undefined, compensate });
    this.#unsettled.delete(key);
    return output;
  }

  async #finish(step: StepEnd): Promise<void> {
    await this.#options.lease.finishStep(step);
    this.#options.onChange();
  }
}

/** Whether the system itself said nothing that tells what it did; 502 and 504 are the words of what stands before it. */
function hasNoAnswer(error: unknown): boolean {
  if (!(error instanceof UpstreamError)) return false;
  const { code, upstreamStatus } = error;
  const isSilent = code === 'UPSTREAM_TIMEOUT' || code === 'UPSTREAM_UNREACHABLE' || code === 'UPSTREAM_UNREADABLE';
  return isSilent || upstreamStatus === 502 || upstreamStatus === 504;
}

function inWords(ms: number): string {
  if (ms < 120_000) return `${Math.round(ms / 1_000)} seconds`;
  return `${Math.round(ms / 60_000)} minutes`;
}
