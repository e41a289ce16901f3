import { DatabaseClock } from '@leitstand/plugin-kit-node';
import type { Knex } from 'knex';
import type { LedgerStore } from '../ledger/LedgerStore';
import { RunLease } from './RunLease';
import type { RunRow } from './runRow';

/** What the queue stands on. */
export interface RunQueueOptions {
  database: Knex;
  ledger: LedgerStore;
  /** Names this process; different in each. */
  owner: string;
  /** How long a run stays with a process that gives no sign of life, in milliseconds. */
  leaseMs: number;
}

/** A run that this process carries out from now on. */
export interface ClaimedRun {
  row: RunRow;
  lease: RunLease;
  /** Whether somebody carried it out before. */
  isResumed: boolean;
  /** How long nobody did, though somebody should have, in milliseconds. */
  interruptedForMs: number;
}

/** Somebody else's run holds the target. */
class TargetTaken extends Error {}

/** The runs that some process should carry out, and which one does. At most one at a time has a run. */
export class RunQueue {
  readonly #options: RunQueueOptions;
  readonly #clock: DatabaseClock;
  readonly #isPostgres: boolean;

  constructor(options: RunQueueOptions) {
    this.#options = options;
    this.#clock = new DatabaseClock(options.database);
    this.#isPostgres = String(options.database.client.config.client).startsWith('pg');
  }

  /** Ids of runs that could begin or go on now, oldest first. */
  async listReady(limit: number): Promise<string[]> {
    const rows = await this.#database
      .from<RunRow>('runs')
      .whereRaw(this.#isReady)
      .whereNotExists(query => {
        void query
          .from('target_locks as held')
          .whereRaw('held.target_key = runs.target_key and held.run_id <> runs.id');
      })
      .orderBy('created_at')
      .limit(limit)
      .select('id');
    return rows.map(({ id }) => id);
  }

  /** Runs that a freeze holds, and those whose time to wait for an approval is up. */
  async listStopped(limit: number): Promise<RunRow[]> {
    const now = new Date().toISOString();
    return this.#database
      .from<RunRow>('runs')
      .where({ state: 'held' })
      .orWhere(query => void query.where({ state: 'awaiting-approval' }).where('expires_at', '<=', now))
      .orderBy('created_at')
      .limit(limit);
  }

  /**
   * Takes a run, together with its target.
   *
   * @returns undefined when it is not ready, somebody else has it, or another run has its target
   */
  async claim(id: string, options: { isUnfrozen?: boolean } = {}): Promise<ClaimedRun | undefined> {
    try {
      return await this.#database.transaction(transaction => this.#claim(transaction, id, options));
    } catch (error) {
      if (error instanceof TargetTaken) return undefined;
      throw error;
    }
  }

  /** Gives a sign of life for runs that this process carries out; those that it still has, by id with their fence. */
  async renew(ids: readonly string[]): Promise<Map<string, number>> {
    const { owner, leaseMs } = this.#options;
    const rows = (await this.#database<RunRow>('runs')
      .whereIn('id', ids)
      .where({ lease_owner: owner })
      .update({ lease_until: this.#after(leaseMs) })
      .returning(['id', 'fence'])) as Array<Pick<RunRow, 'id' | 'fence'>>;
    return new Map(rows.map(({ id, fence }) => [id, fence]));
  }

  /** Who asked which of these runs to stop. */
  async listCancelled(ids: readonly string[]): Promise<Array<{ id: string; cancelledBy: string }>> {
    const rows = await this.#database<RunRow>('runs')
      .whereIn('id', ids)
      .whereNotNull('cancelled_by')
      .select('id', 'cancelled_by');
    return rows.map(row => ({ id: row.id, cancelledBy: row.cancelled_by ?? '' }));
  }

  /** Where there is one process only, runs that somebody has are those of a process that has died. */
  async adoptAll(): Promise<void> {
    if (this.#isPostgres) return;
    await this.#database<RunRow>('runs')
      .whereNotNull('lease_owner')
      .whereRaw(`lease_until > ${this.#clock.nowMs}`)
      .update({ lease_until: this.#after(0) });
  }

  async #claim(
    transaction: Knex.Transaction,
    id: string,
    { isUnfrozen = false }: { isUnfrozen?: boolean },
  ): Promise<ClaimedRun | undefined> {
    const { owner, leaseMs, ledger } = this.#options;
    const candidate = transaction<RunRow>('runs')
      .where({ id })
      .whereRaw(isUnfrozen ? `lease_until <= ${this.#clock.nowMs} and state = 'held'` : this.#isReady)
      .select('id');
    const [row] = (await transaction<RunRow>('runs')
      .whereIn('id', this.#isPostgres ? candidate.forUpdate().skipLocked() : candidate)
      .update({
        state: 'running',
        started_at: transaction.raw('coalesce(started_at, ?)', [new Date().toISOString()]) as unknown as string,
        lease_owner: owner,
        lease_until: this.#after(leaseMs),
        wake_at: transaction.ref('lease_until') as unknown as number,
        fence: transaction.raw('fence + 1') as unknown as number,
        version: transaction.raw(`case when state = 'running' then version else version + 1 end`) as unknown as number,
      })
      .returning('*')) as RunRow[];
    if (!row) return undefined;
    await this.#lockTarget(transaction, row);
    if (isUnfrozen) await ledger.append(transaction, { runId: id, event: 'released', document: {} });
    if (row.fence === 1) await ledger.append(transaction, { runId: id, event: 'started', document: {} });
    return this.#claimed(row);
  }

  /** One statement: whoever is there first stays. */
  async #lockTarget(transaction: Knex.Transaction, row: RunRow): Promise<void> {
    const [lock] = await this.#clock.rowsOf<{ run_id: string }>(
      transaction.raw(
        `insert into target_locks as held (target_key, run_id) values (?, ?)
         on conflict (target_key) do update set run_id = held.run_id returning run_id`,
        [row.target_key, row.id],
      ),
    );
    if (lock.run_id !== row.id) throw new TargetTaken();
  }

  #claimed(row: RunRow): ClaimedRun {
    const { database, ledger, owner } = this.#options;
    const { id, fence, target_key: targetKey } = row;
    const endedAt = Number(row.wake_at);
    const now = Number(row.lease_until) - this.#options.leaseMs;
    return {
      row,
      lease: new RunLease({ database, ledger, owner, clock: this.#clock, id, fence, targetKey }),
      isResumed: fence > 1,
      interruptedForMs: endedAt === 0 ? 0 : now - endedAt,
    };
  }

  get #database(): Knex {
    return this.#options.database;
  }

  /** SQL condition: somebody should carry it out, and nobody does. */
  get #isReady(): string {
    const now = this.#clock.nowMs;
    const isToBeTakenBack = `(cancelled_by is not null or failure is not null) and state in ('held', 'queued', 'running')`;
    return `lease_until <= ${now} and (state in ('queued', 'running') and wake_at <= ${now} or ${isToBeTakenBack})`;
  }

  #after(ms: number): number {
    return this.#database.raw(`${this.#clock.nowMs} + ?`, [ms]) as unknown as number;
  }
}
