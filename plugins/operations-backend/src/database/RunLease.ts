import { ConflictError } from '@backstage/errors';
import type { DatabaseClock, SafeErrorDescription } from '@leitstand/plugin-kit-node';
import type { JsonValue } from '@leitstand/plugin-operations-node';
import type { Knex } from 'knex';
import type { LedgerStore } from '../ledger/LedgerStore';
import { toJson, type RunRow } from './runRow';
import { StepStore, type StepEnd, type StepStart } from './StepStore';

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
  readonly #steps: StepStore;
  readonly #lost = new AbortController();

  constructor(options: RunLeaseOptions) {
    this.id = options.id;
    this.fence = options.fence;
    this.#options = options;
    this.#steps = new StepStore(options.database);
  }

  /** Aborts with a {@link LeaseLost}. */
  get signal(): AbortSignal {
    return this.#lost.signal;
  }

  /** Called when others may have the run by now. */
  lose(cause?: unknown): void {
    if (!this.signal.aborted) this.#lost.abort(new LeaseLost(this.id, cause));
  }

  /** Puts on record that a step is about to change things, or waits. @throws LeaseLost, as all others */
  async startStep(step: StepStart): Promise<void> {
    await this.#write({}, transaction => this.#steps.start(transaction, this.id, step));
  }

  async setProgress(key: string, progress: string): Promise<void> {
    await this.#write({}, transaction => this.#steps.setProgress(transaction, this.id, { key, progress }));
  }

  async finishStep(step: StepEnd): Promise<void> {
    await this.#write({}, transaction => this.#steps.finish(transaction, this.id, step));
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
    await this.#write(change, async transaction => {
      if (!hasBegun) await this.#unlock(transaction);
      await this.#options.ledger.append(transaction, { runId: this.id, event: 'held', document: { freezeIds } });
    });
  }

  /**
   * Gives the run to whoever is there first; that it was interrupted now stays on record. Does nothing where it is lost.
   *
   * @throws the database's error
   */
  async handOver(): Promise<void> {
    const { database, owner } = this.#options;
    this.lose();
    await database<RunRow>('runs')
      .where({ id: this.id, fence: this.fence, lease_owner: owner })
      .update({ lease_owner: null, lease_until: this.#now(0), wake_at: 0 });
  }

  async finish(outcome: RunOutcome): Promise<void> {
    const { state, result, error } = outcome;
    const change = {
      ...givenBack,
      ...{ state, result: result ?? null, error: toJson(error), output: toJson(outcome.output), failure: null },
      finished_at: new Date().toISOString(),
    };
    await this.#write(change, async transaction => {
      await this.#unlock(transaction);
      await this.#options.ledger.append(transaction, {
        runId: this.id,
        event: 'finished',
        document: { state, result, error },
      });
    });
  }

  async #unlock(transaction: Knex.Transaction): Promise<void> {
    await transaction('target_locks').where({ target_key: this.#options.targetKey, run_id: this.id }).delete();
  }

  async #write(change: Partial<RunRow>, act?: (transaction: Knex.Transaction) => Promise<void>): Promise<void> {
    const { database } = this.#options;
    this.signal.throwIfAborted();
    try {
      if (act) {
        await database.transaction(async transaction => {
          await this.#update(transaction, change);
          await act(transaction);
        });
      } else await this.#update(database, change);
    } catch (error) {
      this.lose(error);
      throw error instanceof LeaseLost ? error : new LeaseLost(this.id, error);
    }
  }

  async #update(database: Knex, change: Partial<RunRow>): Promise<void> {
    const { id, fence } = this;
    const count = await database<RunRow>('runs')
      .where({ id, fence, lease_owner: this.#options.owner })
      .update({ ...change, version: database.raw('version + 1') as unknown as number });
    if (count !== 1) throw new LeaseLost(id);
  }

  #now(plusMs: number): number {
    const { database, clock } = this.#options;
    return database.raw(`${clock.nowMs} + ?`, [plusMs]) as unknown as number;
  }
}

const givenBack = { lease_owner: null, lease_until: 0 } as const;
