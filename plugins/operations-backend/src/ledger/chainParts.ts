import type { Knex } from 'knex';
import { canonicalJson } from './canonicalJson';
import { hashedTextAround, type LedgerEntry } from './LedgerEntry';

/** What is known of an entry before its place in the chain is. */
export type UnchainedEntry = Omit<LedgerEntry, 'position' | 'previousHash'>;

/** Parts of one statement by name, in an order in which each can read those before. */
export type StatementParts = [name: string, part: Knex.Raw | Knex.QueryBuilder][];

/**
 * What puts entries at the end of the chain within one statement of PostgreSQL, which computes the hashes itself: nobody
 * waits for the end of the chain while answers travel.
 *
 * The end is read, and locked, once `given` has a row; where it has none, nothing is written. A ledger without its head row
 * fails the statement: a position cannot be null.
 *
 * @param given - SQL of a query of one row at most
 */
export function chainParts(database: Knex, entries: readonly UnchainedEntry[], given: string): StatementParts {
  const last = `entry_${entries.length}`;
  return [
    ['given', database.raw(given)],
    [
      'entry_0',
      database.raw(`select position, hash from ledger_head where id = 1 and exists (select 1 from given) for update`),
    ],
    ...entries.map((entry, index): [string, Knex.Raw] => [`entry_${index + 1}`, chained(database, entry, index)]),
    [
      'moved',
      database.raw(`update ledger_head set position = ${last}.position, hash = ${last}.hash from ${last} where id = 1`),
    ],
    ...entries.map((entry, index): [string, Knex.Raw] => [`added_${index + 1}`, added(database, entry, index)]),
  ];
}

function chained(database: Knex, entry: UnchainedEntry, index: number): Knex.Raw {
  return database.raw(
    `select position + 1 as position, hash as previous_hash,
       encode(sha256(convert_to(?::text || (position + 1)::text || ?::text || hash || ?::text, 'UTF8')), 'hex') as hash
     from given left join entry_${index} on true`,
    hashedTextAround(entry),
  );
}

function added(database: Knex, { runId, event, at, document }: UnchainedEntry, index: number): Knex.Raw {
  return database.raw(
    `insert into ledger_entries (position, run_id, event, at, document, previous_hash, hash)
     select position, ?, ?, ?, ?, previous_hash, hash from entry_${index + 1}`,
    [runId ?? null, event, at, canonicalJson(document)],
  );
}
