import { freezeSchema, type Freeze, type FreezeScope, type FreezeState } from '@leitstand/plugin-operations-common';
import { DatabaseClock, isPostgres } from '@leitstand/plugin-kit-node';
import type { Place } from '@leitstand/plugin-operations-node';
import type { Knex } from 'knex';
import { z } from 'zod/v3';

interface FreezeRow {
  id: string;
  cluster: string | null;
  namespace: string | null;
  entity_ref: string | null;
  environment: string | null;
  reason: string;
  starts_at: string;
  ends_at: string;
  created_by: string;
  created_at: string;
  ended_by: string | null;
  target_keys: string;
  /** JSON list of places. */
  unconfirmed: string | null;
}

/** A freeze with what the API does not show. */
export interface StoredFreeze {
  freeze: Freeze;
  /** What the scope's entity stands for upstream, as `targetKeyOf` writes it. */
  targetKeys: string[];
}

/** What is on record of a freeze; its state follows from the time of the question. */
export type NewFreeze = Omit<Freeze, 'state' | 'endedBy'> & Pick<StoredFreeze, 'targetKeys'>;

/** How many freezes that are over a list shows at most. */
const maxPastCount = 200;

/** The table `freezes`. Times are ISO 8601 in UTC, by the database's clock. */
export class FreezeStore {
  readonly #database: Knex;
  readonly #clock: DatabaseClock;

  constructor(database: Knex) {
    this.#database = database;
    this.#clock = new DatabaseClock(database);
  }

  /** The database's time: the clocks of processes may differ, and a freeze begins for all of them at once. */
  async now(): Promise<Date> {
    if (!isPostgres(this.#database)) return new Date(); // one process, and its own database
    const [{ now }] = await this.#clock.rowsOf<{ now: number | string }>(
      this.#database.raw(`select ${this.#clock.nowMs} as now`),
    );
    return new Date(Number(now));
  }

  /** Runs an action in one transaction. */
  transaction<T>(act: (transaction: Knex.Transaction) => Promise<T>): Promise<T> {
    return this.#database.transaction(act);
  }

  async insert(freeze: NewFreeze, transaction: Knex.Transaction): Promise<void> {
    const { scope } = freeze;
    await transaction<FreezeRow>('freezes').insert({
      id: freeze.id,
      cluster: scope.cluster ?? null,
      namespace: scope.namespace ?? null,
      entity_ref: scope.entityRef ?? null,
      environment: scope.environment ?? null,
      reason: freeze.reason,
      starts_at: freeze.startsAt,
      ends_at: freeze.endsAt,
      created_by: freeze.createdBy,
      created_at: freeze.createdAt,
      target_keys: JSON.stringify(freeze.targetKeys),
      unconfirmed: freeze.unconfirmed ? JSON.stringify(freeze.unconfirmed) : null,
    });
  }

  async find(id: string, now: string): Promise<Freeze | undefined> {
    const row = await this.#database<FreezeRow>('freezes').where({ id }).first();
    return row && fromRow(row, now);
  }

  /** Those that end last first; 200 that are over at most, and only when asked for. */
  async list({ now, isPastIncluded }: { now: string; isPastIncluded: boolean }): Promise<StoredFreeze[]> {
    const byEnd = () => this.#database<FreezeRow>('freezes').orderBy([{ column: 'ends_at', order: 'desc' }, 'id']);
    const rows = await byEnd().where('ends_at', '>', now);
    if (isPastIncluded) rows.push(...(await byEnd().where('ends_at', '<=', now).limit(maxPastCount)));
    return rows.map(row => ({
      freeze: fromRow(row, now),
      targetKeys: z.array(z.string()).parse(JSON.parse(row.target_keys)),
    }));
  }

  /** Keeps what upstream said; false when another process was faster. */
  async confirm(id: string, targetKeys: readonly string[], transaction: Knex.Transaction): Promise<boolean> {
    const count = await transaction<FreezeRow>('freezes')
      .where({ id })
      .whereNotNull('unconfirmed')
      .update({ target_keys: JSON.stringify(targetKeys), unconfirmed: null });
    return count === 1;
  }

  /** Ends a freeze now; false when it is over already. */
  async end(id: string, ended: { by: string; at: string }, transaction: Knex.Transaction): Promise<boolean> {
    const count = await transaction<FreezeRow>('freezes')
      .where({ id })
      .where('ends_at', '>', ended.at)
      .update({ ends_at: ended.at, ended_by: ended.by });
    return count === 1;
  }
}

function fromRow(row: FreezeRow, now: string): Freeze {
  const scope: FreezeScope = {
    cluster: row.cluster ?? undefined,
    namespace: row.namespace ?? undefined,
    entityRef: row.entity_ref ?? undefined,
    environment: row.environment ?? undefined,
  };
  return {
    id: row.id,
    scope,
    reason: row.reason,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    createdBy: row.created_by,
    createdAt: row.created_at,
    endedBy: row.ended_by ?? undefined,
    state: stateAt(row, now),
    ...(row.unconfirmed !== null && { unconfirmed: placesOf(row.unconfirmed) }),
  };
}

function placesOf(text: string): Place[] {
  return freezeSchema.shape.unconfirmed.parse(JSON.parse(text)) ?? [];
}

function stateAt(row: Pick<FreezeRow, 'starts_at' | 'ends_at'>, now: string): FreezeState {
  if (row.ends_at <= now) return 'over';
  return row.starts_at <= now ? 'active' : 'planned';
}
