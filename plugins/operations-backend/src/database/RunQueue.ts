import { DatabaseClock, isPostgres } from '@leitstand/plugin-kit-node';
import type { Knex } from 'knex';
import { withParts, type LedgerStore, type NewLedgerEntry } from '../ledger/LedgerStore';
import { RunLease } from './RunLease';
import type { RunRow } from './runRow';
import type { Columns } from './Write';

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

/**
 * SQL condition on a queued run: it has its target already, since a freeze held it after it had begun, or nobody asked earlier
 * for something with the same target.
 */
const isNext = `(exists (select 1 from target_locks as own where own.target_key = runs.target_key and own.run_id = runs.id)
  or not exists (
    select 1 from runs as earlier where earlier.target_key = runs.target_key and earlier.state = 'queued'
      and (earlier.created_at, earlier.id) < (runs.created_at, runs.id)))`;

/** SQL that locks a target for a run and gives the run that has it: whoever is there first stays. */
function lockTarget(source: string): string {
  return `insert into target_locks as held (target_key, run_id) ${source}
    on conflict (target_key) do update set run_id = held.run_id returning run_id`;
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
    this.#isPostgres = isPostgres(options.database);
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
      .orderBy(['created_at', 'id'])
      .limit(limit)
      .select('id');
    return rows.map(({ id }) => id);
  }

  /** Runs that have waited for a yes, or been held, for as long as they may; those that are to be taken back are left out. */
  async listOverdue(now: string, limit: number): Promise<RunRow[]> {
    return this.#database
      .from<RunRow>('runs')
      .whereIn('state', ['awaiting-approval', 'held'])
      .where('expires_at', '<=', now)
      .whereNull('failure')
      .orderBy('expires_at')
      .limit(limit);
  }

  /** Runs that a freeze holds, in the order of their ids, beginning behind one. */
  async listHeld(afterId: string, limit: number): Promise<RunRow[]> {
    return this.#database
      .from<RunRow>('runs')
      .where({ state: 'held' })
      .where('id', '>', afterId)
      .orderBy('id')
      .limit(limit);
  }

  /**
   * Takes a run, together with its target.
   *
   * @returns undefined when it is not ready, somebody else has it, another run has its target, or one is to have it before
   */
  async claim(id: string, { isUnfrozen = false }: { isUnfrozen?: boolean } = {}): Promise<ClaimedRun | undefined> {
    // What a freeze held is rare, and has more to put on record.
    if (this.#isPostgres && !isUnfrozen) return this.#claimAtOnce(id);
    try {
      return await this.#database.transaction(transaction => this.#claimInTurn(transaction, id, isUnfrozen));
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

  /** The same as {@link #claimInTurn} for PostgreSQL, in one trip instead of six; the run is written once its target is locked. */
  async #claimAtOnce(id: string): Promise<ClaimedRun | undefined> {
    const { ledger } = this.#options;
    const database = this.#database;
    const own = database.select('run_id').from('locked').where({ run_id: id });
    const started: NewLedgerEntry = { runId: id, event: 'started', document: {} };
    const [row] = await withParts(database.select<RunRow[]>('*').from('claimed'), [
      ['candidate', this.#candidate(database, id, this.#isReady).select('target_key').forUpdate().skipLocked()],
      ['locked', database.raw(lockTarget('select target_key, id from candidate'))],
      ['claimed', database('runs').whereIn('id', own).update(this.#taking(database)).returning('*')],
      ...ledger.partsOf([started], 'select 1 from claimed where fence = 1'),
    ]);
    if (row?.fence === 1) ledger.tell([started]);
    return row && this.#claimed(row);
  }

  async #claimInTurn(transaction: Knex.Transaction, id: string, isUnfrozen: boolean): Promise<ClaimedRun | undefined> {
    const { ledger } = this.#options;
    const isReady = isUnfrozen ? `lease_until <= ${this.#clock.nowMs} and state = 'held'` : this.#isReady;
    const candidate = this.#candidate(transaction, id, isReady);
    const [row] = (await transaction('runs')
      .whereIn('id', this.#isPostgres ? candidate.forUpdate().skipLocked() : candidate)
      .update(this.#taking(transaction))
      .returning('*')) as RunRow[];
    if (!row) return undefined;
    const locking = transaction.raw(lockTarget('values (?, ?)'), [row.target_key, row.id]);
    const [lock] = await this.#clock.rowsOf<{ run_id: string }>(locking);
    if (lock.run_id !== row.id) throw new TargetTaken();
    if (isUnfrozen) await ledger.append(transaction, { runId: id, event: 'released', document: {} });
    if (row.fence === 1) await ledger.append(transaction, { runId: id, event: 'started', document: {} });
    return this.#claimed(row);
  }

  #candidate(database: Knex, id: string, isReady: string): Knex.QueryBuilder {
    return database('runs').where({ id }).whereRaw(isReady).select('id');
  }

  /** What is written of a run that is taken. */
  #taking(database: Knex): Columns {
    const { owner, leaseMs } = this.#options;
    return {
      state: 'running',
      started_at: database.raw('coalesce(started_at, ?)', [new Date().toISOString()]),
      lease_owner: owner,
      lease_until: database.raw(`${this.#clock.nowMs} + ?`, [leaseMs]),
      wake_at: database.raw('lease_until'),
      interruptions: database.raw('case when lease_until > 0 then interruptions + 1 else interruptions end'),
      fence: database.raw('fence + 1'),
      version: database.raw(`case when state = 'running' then version else version + 1 end`),
    };
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

  /** SQL condition: somebody should carry it out, nobody does, and no older run is to have its target first. */
  get #isReady(): string {
    const now = this.#clock.nowMs;
    const isToBeTakenBack = `(cancelled_by is not null or failure is not null) and state in ('held', 'queued', 'running')`;
    return `lease_until <= ${now} and (state in ('queued', 'running') and wake_at <= ${now} or ${isToBeTakenBack})
      and (state <> 'queued' or ${isNext})`;
  }

  #after(ms: number): number {
    return this.#database.raw(`${this.#clock.nowMs} + ?`, [ms]) as unknown as number;
  }
}
