import { isPostgres } from '@leitstand/plugin-kit-node';
import type { Knex } from 'knex';
import { hashOfEntry } from './LedgerEntry';
import { LedgerStore, type LedgerHead, type StoredLedgerEntry } from './LedgerStore';
import { RunRecords } from './RunRecords';

/** Entries that one query reads. */
const pageSize = 500;

/** What a verification found. */
export interface LedgerVerification {
  /** Where the chain begins and ends. Who keeps position and hash elsewhere can tell later that no end was cut off. */
  head: LedgerHead;
  /** How many entries were looked at. */
  entryCount: number;
  /** The first thing that is wrong; undefined when the ledger is complete and unchanged. */
  problem?: { position: number; message: string };
}

/**
 * Reads the whole chain, of one moment: every entry holds the hash of the one before, none is missing, and the runs say what
 * the entries say of them.
 */
export async function verifyLedger(database: Knex): Promise<LedgerVerification> {
  const isolation = isPostgres(database) ? ({ isolationLevel: 'repeatable read', readOnly: true } as const) : {};
  return database.transaction(transaction => verify(transaction), isolation);
}

async function verify(transaction: Knex.Transaction): Promise<LedgerVerification> {
  const ledger = new LedgerStore(transaction);
  const records = new RunRecords(transaction);
  const head = await ledger.head();
  let previous = { position: head.firstPosition - 1, hash: head.anchorHash };
  let entryCount = 0;
  for (;;) {
    const entries = await ledger.list(previous.position + 1, pageSize);
    for (const entry of entries) {
      const message = problemOf(entry, previous);
      if (message !== undefined) return { head, entryCount, problem: { position: previous.position + 1, message } };
      previous = entry;
      entryCount++;
    }
    const differing = await records.findDiffering(entries);
    if (differing) return { head, entryCount, problem: differing };
    if (entries.length < pageSize) break;
  }
  const isWhole = previous.position === head.position && previous.hash === head.hash;
  if (isWhole) return { head, entryCount };
  const message = `the chain ends here, but its head says that it ends at ${head.position}`;
  return { head, entryCount, problem: { position: previous.position, message } };
}

function problemOf(entry: StoredLedgerEntry, previous: { position: number; hash: string }): string | undefined {
  if (entry.position !== previous.position + 1) return 'the entry is missing';
  if (entry.previousHash !== previous.hash) return 'the entry does not follow the one before';
  if (entry.hash !== hashOfEntry(entry)) return 'the entry was changed';
  return undefined;
}
