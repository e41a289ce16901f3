import type { JsonValue } from '@leitstand/plugin-operations-node';
import { describeSafely, safeError } from '@leitstand/plugin-kit-node';
import type { RunLease } from '../database/RunLease';
import type { RecordedStep } from '../database/StepStore';
import { confirmed, interrupted } from './interruption';
import { withProgress } from './withProgress';
import type { DoneStep } from './StepRunner';

/** What taking a run back needs. */
export interface CompensationsOptions {
  lease: RunLease;
  recorded: ReadonlyMap<string, RecordedStep>;
  /** The first done first. */
  done: readonly DoneStep[];
  /** How many steps there are already. */
  stepCount: number;
  /** False when the run was interrupted for so long that nobody expects it any more. */
  mayStart: boolean;
  /** Aborted when the run is lost or handed over. */
  signal: AbortSignal;
  onChange(): void;
}

/** A compensation did not work; what comes before it must not be taken back either, and somebody has to look. */
export class CompensationFailed extends Error {
  /** Safe to show. */
  readonly note: string;

  constructor(note: string, cause: unknown) {
    super(note, { cause: safeError(cause) });
    this.note = note;
  }
}

/** Takes back what a run did, the last step first, as steps of the same run with keys `undo:<key>`. */
export class Compensations {
  readonly #options: CompensationsOptions;

  constructor(options: CompensationsOptions) {
    this.#options = options;
  }

  /** Whether there is anything to take back. */
  get isNeeded(): boolean {
    return this.#options.done.some(({ compensate }) => compensate !== undefined);
  }

  /**
   * Freezes do not hold it: half of a change is worse than none.
   *
   * @returns in a sentence, what was taken back and what was not
   * @throws CompensationFailed; an interruption when nobody can tell whether a compensation took effect
   */
  async carryOut(): Promise<string> {
    const takenBack: string[] = [];
    const left: string[] = [];
    for (const [index, step] of this.#options.done.toReversed().entries()) {
      if (step.compensate === undefined) left.push(step.title);
      else {
        await this.#takeBack(step, step.compensate, index);
        takenBack.push(step.title);
      }
    }
    return [listed('Taken back', takenBack), listed('Not taken back', left)].filter(Boolean).join(' ');
  }

  async #takeBack(step: DoneStep, compensate: NonNullable<DoneStep['compensate']>, index: number): Promise<void> {
    const { recorded, lease, mayStart, signal, stepCount, onChange } = this.#options;
    const key = `undo:${step.key}`;
    const { title } = compensate;
    const output = step.output as JsonValue;
    const earlier = recorded.get(key);
    if (earlier?.state === 'done') return;
    signal.throwIfAborted();
    if (earlier) {
      const ask = () => compensate.confirm(output, { signal });
      const confirmation = await confirmed(title, { signal, ask });
      if (confirmation === 'done') {
        await this.#finish(key, 'done');
        return;
      }
    }
    if (!mayStart)
      throw interrupted(`The portal ended before the step "${title}", and nobody went on for a long time.`);
    await lease.startStep({ key, title, kind: 'compensation', position: stepCount + index + 1, state: 'started' });
    onChange();
    try {
      await withProgress({ lease, key, signal, onChange }, context => compensate.do(output, context));
    } catch (error) {
      signal.throwIfAborted();
      await this.#finish(key, 'failed');
      throw new CompensationFailed(`"${title}" failed: ${describeSafely(error).message}`, error);
    }
    await this.#finish(key, 'done');
  }

  async #finish(key: string, state: 'done' | 'failed'): Promise<void> {
    await this.#options.lease.finishStep({ key, state });
    this.#options.onChange();
  }
}

function listed(label: string, titles: string[]): string {
  return titles.length === 0 ? '' : `${label}: ${titles.join(', ')}.`;
}
