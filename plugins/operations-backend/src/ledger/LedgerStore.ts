import { isPostgres } from '@leitstand/plugin-kit-node';
import type { Knex } from 'knex';
import { statementOf, type Write } from '../database/Write';
import { canonicalJson } from './canonicalJson';
import { chainParts, type StatementParts } from './chainParts';
import { hashOfEntry, type LedgerEntry, type LedgerEvent } from './LedgerEntry';

/** What is put on record. */
export interface NewLedgerEntry {
  /** Left out where it is not about one run. */
  runId?: string;
  event: LedgerEvent;
  /** JSON. Neither inputs nor secrets belong into it: it cannot be changed later. */
  document: Readonly<Record<string, unknown>>;
}

/** A change, with what is put on record of it. */
export interface RecordedChange {
  /** Changes one row, or nothing is written at all: it names the state from which the change may be made. */
  first: Write;
  also?: readonly Write[];
  entries?: readonly NewLedgerEntry[];
  /** Asked after the first write, in its transaction; what it throws undoes that. */
  check?(transaction: Knex.Transaction): Promise<void>;
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
   * Makes a change and puts it on record, or neither. PostgreSQL gets it in one statement: that is one trip instead of six,
   * and the end of the chain, for which all others wait, is locked for as long as the commit takes.
   *
   * @returns false when the first write found nothing to change
   */
  async commit(change: RecordedChange): Promise<boolean> {
    const isOneStatement = isPostgres(this.#database) && change.check === undefined;
    const isMade = isOneStatement ? await this.#commitAtOnce(change) : await this.#commitInTurn(change);
    if (isMade && change.entries) this.tell(change.entries);
    return isMade;
  }

  /** To be called after the commit of entries that are on record by {@link partsOf}. */
  tell(entries: readonly NewLedgerEntry[]): void {
    entries.forEach(entry => this.#onCommit?.(entry));
  }

  /** For PostgreSQL: the parts of a statement that put entries at the end of the chain where `given`, a query, has a row. */
  partsOf(entries: readonly NewLedgerEntry[], given: string): StatementParts {
    const at = new Date().toISOString();
    const unchained = entries.map(entry => ({ runId: undefined, ...entry, at }));
    return unchained.length === 0 ? [] : chainParts(this.#database, unchained, given);
  }

  /**
   * Puts one entry at the end of the chain, together with the change that it tells of. The end is locked until the
   * transaction ends: this comes last in it, so that others wait shortly and never for each other.
   */
  async append(transaction: Knex.Transaction, entry: NewLedgerEntry): Promise<void> {
    await this.#append(transaction, entry);
    if (!this.#onCommit) return;
    const onCommit = this.#onCommit;
    transaction.executionPromise.then(
      () => onCommit(entry),
      () => undefined, // rolled back: it did not happen, and whoever began the transaction is told why
    );
  }

  async #commitAtOnce({ first, also = [], entries = [] }: RecordedChange): Promise<boolean> {
    const database = this.#database;
    const made = await withParts(database.select(database.raw('1')).from('first'), [
      ['first', statementOf(database, first).returning(database.raw('1'))],
      ...also.map((write, index): StatementParts[number] => [`also_${index}`, statementOf(database, write, 'first')]),
      ...this.partsOf(entries, 'select 1 from first'),
    ]);
    return made.length === 1;
  }

  async #commitInTurn({ first, also = [], entries = [], check }: RecordedChange): Promise<boolean> {
    return this.#database.transaction(async transaction => {
      const made = await statementOf(transaction, first).returning(transaction.raw('1'));
      if (made.length !== 1) return false;
      await check?.(transaction);
      for (const write of also) await statementOf(transaction, write);
      for (const entry of entries) await this.#append(transaction, entry);
      return true;
    });
  }

  async #append(transaction: Knex.Transaction, entry: NewLedgerEntry): Promise<void> {
    if (isPostgres(transaction)) {
      await withParts(transaction.select('position').from('entry_1'), this.partsOf([entry], 'select 1'));
      return;
    }
    const head = await transaction<HeadRow>('ledger_head').where({ id: 1 }).first('position', 'hash');
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
    await transaction<HeadRow>('ledger_head').where({ id: 1 }).update({ position: chained.position, hash });
    await transaction<EntryRow>('ledger_entries').insert({
      position: chained.position,
      run_id: chained.runId ?? null,
      event: chained.event,
      at: chained.at,
      document: canonicalJson(chained.document),
      previous_hash: chained.previousHash,
      hash,
    });
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
   * Takes the oldest entries away, up to the first that is not older than a time or to a number, and keeps the hash of the
   * last one taken, so that what is left can still be verified.
   *
   * @returns how many there were
   */
  async removeBefore(time: string, options: { transaction: Knex.Transaction; limit: number }): Promise<number> {
    const { transaction, limit } = options;
    const head = await this.#lockHead(transaction);
    const kept = await transaction<EntryRow>('ledger_entries')
      .where('at', '>=', time)
      .min<{ first: EntryRow['position'] | null }>('position as first')
      .first();
    const oldest = kept?.first ? Number(kept.first) - 1 : head.position;
    const last = Math.min(oldest, head.firstPosition + limit - 1);
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

/** A statement of several parts. */
export function withParts<TQuery extends Knex.QueryBuilder>(query: TQuery, parts: StatementParts): TQuery {
  parts.forEach(([name, part]) => void query.with(name, part));
  return query;
}
