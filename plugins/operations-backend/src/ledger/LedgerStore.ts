import type { Knex } from 'knex';
import { canonicalJson } from './canonicalJson';
import { hashOfEntry, type LedgerEntry, type LedgerEvent } from './LedgerEntry';

/** What is put on record. */
export interface NewLedgerEntry {
  /** Left out where it is not about one run. */
  runId?: string;
  event: LedgerEvent;
  /** JSON. Neither inputs nor secrets belong into it: it cannot be changed later. */
  document: Readonly<Record<string, unknown>>;
}

/** Where the chain begins and ends. */
export interface LedgerHead {
  /** Position and hash of the newest entry; 0 and zeros before the first. */
  position: number;
  hash: string;
  /** Position of the oldest entry that is still there. */
  firstPosition: number;
  /** Hash of the newest entry that was removed; zeros where none was. */
  anchorHash: string;
}

/** An entry as it is stored. */
export interface StoredLedgerEntry extends LedgerEntry {
  hash: string;
}

interface EntryRow {
  /** PostgreSQL's driver gives big integers as text. */
  position: number | string;
  run_id: string | null;
  event: string;
  at: string;
  document: string;
  previous_hash: string;
  hash: string;
}

interface HeadRow {
  id: number;
  position: number | string;
  hash: string;
  first_position: number | string;
  anchor_hash: string;
}

/**
 * The tables `ledger_entries` and `ledger_head`: what happened, each entry holding the hash of the one before, so that
 * none can be changed or taken out unseen.
 */
export class LedgerStore {
  readonly #database: Knex;
  readonly #onCommit: ((entry: NewLedgerEntry) => void) | undefined;

  /** @param onCommit - told of each entry that this process has put on record, after the commit; must not throw */
  constructor(database: Knex, onCommit?: (entry: NewLedgerEntry) => void) {
    this.#database = database;
    this.#onCommit = onCommit;
  }

  /**
   * Puts one entry at the end of the chain, together with the change that it tells of. The end is locked until the
   * transaction ends: this comes last in it, so that others wait shortly and never for each other.
   */
  async append(transaction: Knex.Transaction, entry: NewLedgerEntry): Promise<void> {
    const head = await transaction<HeadRow>('ledger_head').where({ id: 1 }).forUpdate().first('position', 'hash');
    if (!head) throw new Error('The ledger has lost its head row');
    const chained: LedgerEntry = {
      position: Number(head.position) + 1,
      runId: entry.runId,
      event: entry.event,
      at: new Date().toISOString(),
      document: entry.document,
      previousHash: head.hash,
    };
    const hash = hashOfEntry(chained);
    const move = transaction<HeadRow>('ledger_head').where({ id: 1 }).update({ position: chained.position, hash });
    const insert = transaction<EntryRow>('ledger_entries').insert({
      position: chained.position,
      run_id: chained.runId ?? null,
      event: chained.event,
      at: chained.at,
      document: canonicalJson(chained.document),
      previous_hash: chained.previousHash,
      hash,
    });
    // One trip instead of two while everybody else waits for the head; SQLite knows no such statement, and has no trips.
    if (String(transaction.client.config.client).startsWith('pg')) await insert.with('moved', move);
    else {
      await insert;
      await move;
    }
    if (!this.#onCommit) return;
    const onCommit = this.#onCommit;
    transaction.executionPromise.then(
      () => onCommit(entry),
      () => undefined, // rolled back: it did not happen, and whoever began the transaction is told why
    );
  }

  async head(transaction?: Knex.Transaction): Promise<LedgerHead> {
    const row = await (transaction ?? this.#database)<HeadRow>('ledger_head').where({ id: 1 }).first();
    if (!row) throw new Error('The ledger has lost its head row');
    return {
      position: Number(row.position),
      hash: row.hash,
      firstPosition: Number(row.first_position),
      anchorHash: row.anchor_hash,
    };
  }

  /** Entries from a position on, in order. */
  async list(from: number, limit: number, transaction?: Knex.Transaction): Promise<StoredLedgerEntry[]> {
    const rows = await (transaction ?? this.#database)<EntryRow>('ledger_entries')
      .where('position', '>=', from)
      .orderBy('position')
      .limit(limit);
    return rows.map(row => ({
      position: Number(row.position),
      runId: row.run_id ?? undefined,
      event: row.event,
      at: row.at,
      document: JSON.parse(row.document) as unknown,
      previousHash: row.previous_hash,
      hash: row.hash,
    }));
  }

  /**
   * Takes the oldest entries away, up to the first that is not older than a time, and keeps the hash of the last one taken,
   * so that what is left can still be verified.
   *
   * @returns how many there were
   */
  async removeBefore(time: string, transaction: Knex.Transaction): Promise<number> {
    const head = await this.#lockHead(transaction);
    const kept = await transaction<EntryRow>('ledger_entries')
      .where('at', '>=', time)
      .min<{ first: EntryRow['position'] | null }>('position as first')
      .first();
    const last = kept?.first ? Number(kept.first) - 1 : head.position;
    if (last < head.firstPosition) return 0;
    const [anchor] = await this.list(last, 1, transaction);
    const count = await transaction<EntryRow>('ledger_entries').where('position', '<=', last).delete();
    await transaction<HeadRow>('ledger_head')
      .where({ id: 1 })
      .update({ first_position: last + 1, anchor_hash: anchor.hash });
    return count;
  }

  async #lockHead(transaction: Knex.Transaction): Promise<LedgerHead> {
    await transaction<HeadRow>('ledger_head').where({ id: 1 }).forUpdate();
    return this.head(transaction);
  }
}
