import type { JsonValue, OperationStep } from '@leitstand/plugin-operations-node';
import type { RecordedStep, StepStore } from '../database/StepStore';
import { interrupted } from './interruption';

/** What the steps of one run need. */
export interface StepRunnerOptions {
  runId: string;
  steps: StepStore;
  /** Steps on record from before the process ended; empty for a new run. */
  recorded: ReadonlyMap<string, RecordedStep>;
  /** After this time a run that was interrupted starts no step anew: nobody expects it any more. */
  resumableUntil: Date;
  signal: AbortSignal;
  /** Called after each change of what is on record. */
  onChange(): void;
}

/**
 * Carries out the steps of one run: *started* is on record before `do`, *done* with the output after. A step found
 * started is not repeated blindly: `confirm` looks upstream first.
 */
export class StepRunner {
  readonly #options: StepRunnerOptions;
  readonly #seen = new Set<string>();

  constructor(options: StepRunnerOptions) {
    this.#options = options;
  }

  /** @throws what `do` and `confirm` throw; an interruption when nobody can tell whether the step took effect */
  async run<TOutput extends JsonValue | void>(key: string, step: OperationStep<TOutput>): Promise<TOutput> {
    const { recorded, signal } = this.#options;
    signal.throwIfAborted();
    if (this.#seen.has(key)) throw new Error(`Two steps of one run have the key ${key}`);
    this.#seen.add(key);
    const earlier = recorded.get(key);
    if (earlier?.state === 'done') return earlier.output as TOutput;
    if (earlier?.state === 'started') {
      const confirmation = await step.confirm({ signal });
      if (confirmation === 'unknown') throw interrupted(`The portal ended during the step "${step.title}".`);
      if (confirmation !== 'not-done') {
        const output = confirmation === 'done' ? undefined : confirmation.output;
        await this.#finish(key, { state: 'done', output: output ?? undefined });
        return output as TOutput;
      }
    }
    if (recorded.size > 0 && new Date() > this.#options.resumableUntil) {
      throw interrupted(`The portal ended before the step "${step.title}", and the plan has expired since.`);
    }
    return this.#do(key, step);
  }

  async #do<TOutput extends JsonValue | void>(key: string, step: OperationStep<TOutput>): Promise<TOutput> {
    const { runId, steps, signal, onChange } = this.#options;
    await steps.start({ runId, key }, { title: step.title, position: this.#seen.size });
    onChange();
    let newestProgress = Promise.resolve();
    const progress = (message: string) => {
      newestProgress = newestProgress.then(() => steps.setProgress({ runId, key }, message)).then(onChange);
      newestProgress.catch(() => {}); // awaited below, where it counts
    };
    try {
      const output = await step.do({ signal, progress });
      await newestProgress;
      await this.#finish(key, { state: 'done', output: output ?? undefined });
      return output;
    } catch (error) {
      // Without an answer from upstream nobody knows what became of the step: it stays on record as started.
      if (!signal.aborted) await this.#finish(key, { state: 'failed', output: undefined });
      throw error;
    }
  }

  async #finish(key: string, step: RecordedStep): Promise<void> {
    await this.#options.steps.finish({ runId: this.#options.runId, key }, step);
    this.#options.onChange();
  }
}
