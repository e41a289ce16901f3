import { ConflictError } from '@backstage/errors';
import type { DatabaseClock, SafeErrorDescription } from '@leitstand/plugin-kit-node';
import type { JsonValue } from '@leitstand/plugin-operations-node';
import type { Knex } from 'knex';
import type { LedgerStore, RecordedChange } from '../ledger/LedgerStore';
import { toJson, type RunRow } from './runRow';
import { storableText } from './storableText';
import { endOfStep, progressOfStep, startOfStep, type StepEnd, type StepStart } from './StepStore';
import type { Columns, Write } from './Write';

/** Another process may have the run, or this one cannot record any more what it does with it. */
export class LeaseLost extends ConflictError {
  readonly name = 'ConflictError';

  constructor(runId: string, cause?: unknown) {
    super(`This process lost the run ${runId}; another one goes on with it.`, cause);
  }
}

/** How a run ended that somebody carried out. */
export interface RunOutcome {
  state: 'succeeded' | 'failed' | 'cancelled' | 'needs-attention';
  result?: string;
  output?: { [key: string]: JsonValue };
  error?: SafeErrorDescription;
}

/** Why a run is being taken back, and how it will end. */
export interface RunFailure extends SafeErrorDescription {
  state: 'failed' | 'cancelled';
}

/** What a lease stands on. */
export interface RunLeaseOptions {
  database: Knex;
  ledger: LedgerStore;
  clock: DatabaseClock;
  owner: string;
  id: string;
  fence: number;
  targetKey: string;
}

/**
 * A run while this process carries it out: the one way to write it, its steps and its lock. Each write asks in the same
 * statement or transaction whether the run is still this process's; whatever cannot be written, for whichever reason, means
 * that it is lost: `signal` aborts, and nothing is written any more.
 */
export class RunLease {
  readonly id: string;
  readonly fence: number;
  readonly #options: RunLeaseOptions;
  readonly #lost = new AbortController();

  constructor(options: RunLeaseOptions) {
    this.id = options.id;
    this.fence = options.fence;
    this.#options = options;
  }

  /** Aborts with a {@link LeaseLost}. */
  get signal(): AbortSignal {
    return this.#lost.signal;
  }

  /** Called when others may have the run by now. */
  lose(cause?: unknown): void {
    if (!this.signal.aborted) this.#lost.abort(new LeaseLost(this.id, cause));
  }

  /** Loses the run because of something that this process needs for it. @throws LeaseLost */
  giveUp(cause: unknown): never {
    this.lose(cause);
    throw this.signal.reason;
  }

  /** Puts on record that a step is about to change things, or waits. @throws LeaseLost, as all others */
  async startStep(step: StepStart): Promise<void> {
    await this.#write({}, { also: [startOfStep(this.id, step)] });
  }

  async setProgress(key: string, progress: string): Promise<void> {
    await this.#write({}, { also: [progressOfStep(this.id, key, progress)] });
  }

  async finishStep(step: StepEnd): Promise<void> {
    await this.#write(step.state === 'done' ? { interruptions: 0 } : {}, { also: [endOfStep(this.id, step)] });
  }

  /** From now on the run is taken back, whoever carries it out. */
  async recordFailure(failure: RunFailure): Promise<void> {
    await this.#write({ failure: JSON.stringify(failure) });
  }

  /** Gives the run back until it is time to look again. */
  async sleep(ms: number): Promise<void> {
    await this.#write({ ...givenBack, wake_at: this.#now(ms) });
  }

  /** Gives the run back until the freeze is over. One that has not begun to change things leaves its target to others. */
  async hold(options: { expiresAt: Date; freezeIds: string[]; hasBegun: boolean }): Promise<void> {
    const { expiresAt, freezeIds, hasBegun } = options;
    const change = { ...givenBack, state: 'held', wake_at: 0, expires_at: expiresAt.toISOString() };
    await this.#write(change, {
      also: hasBegun ? [] : [this.#unlocking],
      entries: [{ runId: this.id, event: 'held', document: { freezeIds } }],
    });
  }

  /**
   * Gives the run to whoever is there first; that it was interrupted now stays on record. Does nothing where it is lost.
   *
   * @param pauseMs - how long nobody takes it up, in milliseconds. Default: 0
   * @throws the database's error
   */
  async handOver(pauseMs = 0): Promise<void> {
    const { database, owner } = this.#options;
    this.lose();
    await database<RunRow>('runs')
      .where({ id: this.id, fence: this.fence, lease_owner: owner })
      .update({ lease_owner: null, lease_until: this.#now(pauseMs) as unknown as number, wake_at: 0 });
  }

  async finish(outcome: RunOutcome): Promise<void> {
    const { state, error } = outcome;
    const result = outcome.result === undefined ? undefined : storableText(outcome.result);
    const change = {
      ...givenBack,
      ...{ state, result: result ?? null, error: toJson(error), output: toJson(outcome.output), failure: null },
      finished_at: new Date().toISOString(),
    };
    await this.#write(change, {
      also: [this.#unlocking],
      entries: [{ runId: this.id, event: 'finished', document: { state, result, error } }],
    });
  }

  get #unlocking(): Write {
    return { table: 'target_locks', where: { target_key: this.#options.targetKey, run_id: this.id }, isDelete: true };
  }

  async #write(change: Columns, more: Pick<RecordedChange, 'also' | 'entries'> = {}): Promise<void> {
    const { database, ledger, owner } = this.#options;
    const { id, fence } = this;
    this.signal.throwIfAborted();
    const update = { ...change, version: database.raw('version + 1') };
    try {
      const first = { table: 'runs', where: { id, fence, lease_owner: owner }, update };
      if (!(await ledger.commit({ first, ...more }))) throw new LeaseLost(id);
    } catch (error) {
      this.lose(error);
      throw error instanceof LeaseLost ? error : new LeaseLost(id, error);
    }
  }

  #now(plusMs: number): Knex.Raw {
    const { database, clock } = this.#options;
    return database.raw(`${clock.nowMs} + ?`, [plusMs]);
  }
}

const givenBack = { lease_owner: null, lease_until: 0, interruptions: 0 } as const;
