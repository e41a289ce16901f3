import { isPostgres } from '@leitstand/plugin-kit-node';
import type { Knex } from 'knex';
import { hashOfEntry } from './LedgerEntry';
import { LedgerStore, type LedgerHead, type StoredLedgerEntry } from './LedgerStore';
import { RunRecords } from './RunRecords';
import { UntoldRuns } from './UntoldRuns';

/** Entries that one query reads. */
const pageSize = 500;

/** An end that the chain had before. */
export type LedgerEnd = Pick<LedgerHead, 'position' | 'hash'>;

/** What a verification found. */
export interface LedgerVerification {
  /** Where the chain begins and ends. */
  head: LedgerHead;
  /** How many entries were looked at. */
  entryCount: number;
  /** The first thing that is wrong; undefined when the ledger is complete and unchanged. */
  problem?: { position: number; message: string };
}

/**
 * Reads the whole chain, of one moment: every entry holds the hash of the one before, none is missing but those of which the
 * chain says that they were removed, and the runs and the entries say the same of each other.
 *
 * @param known - an end that was kept elsewhere: is it still there? Whoever may write to the database could make a new chain
 * from some position on, which nothing in the database tells from the old one. Not compared once the retention has removed it.
 */
export async function verifyLedger(database: Knex, known?: LedgerEnd): Promise<LedgerVerification> {
  const isolation = isPostgres(database) ? ({ isolationLevel: 'repeatable read', readOnly: true } as const) : {};
  return database.transaction(transaction => verify(transaction, known), isolation);
}

async function verify(transaction: Knex.Transaction, known: LedgerEnd | undefined): Promise<LedgerVerification> {
  const ledger = new LedgerStore(transaction);
  const records = new RunRecords(transaction);
  const head = await ledger.head();
  let previous: LedgerEnd = { position: head.firstPosition - 1, hash: head.anchorHash };
  let entryCount = 0;
  let since: string | undefined;
  let removal: StoredLedgerEntry | undefined;
  for (;;) {
    const entries = await ledger.list(previous.position + 1, pageSize);
    for (const entry of entries) {
      const message = problemOf(entry, previous) ?? problemWithKnown(entry, known);
      if (message !== undefined) return { head, entryCount, problem: { position: previous.position + 1, message } };
      previous = entry;
      entryCount++;
      since ??= entry.at;
      if (entry.event === 'entries-removed') removal = entry;
    }
    const differing = await records.findDiffering(entries);
    if (differing) return { head, entryCount, problem: differing };
    if (entries.length < pageSize) break;
  }
  const untold = since === undefined ? undefined : await new UntoldRuns(transaction).find(since);
  const message = problemOfEnd(previous, head, known) ?? problemOfBeginning(head, removal) ?? untold;
  return { head, entryCount, ...(message !== undefined && { problem: { position: previous.position, message } }) };
}

function problemWithKnown({ position, hash }: LedgerEnd, known: LedgerEnd | undefined): string | undefined {
  const isOther = position === known?.position && hash !== known.hash;
  return isOther ? 'there was another entry before' : undefined;
}

function problemOfEnd(last: LedgerEnd, head: LedgerHead, known: LedgerEnd | undefined): string | undefined {
  if (last.position !== head.position || last.hash !== head.hash) {
    return `the chain ends here, but its head says that it ends at ${head.position}`;
  }
  const isCut = known !== undefined && known.position > last.position;
  return isCut ? `the chain ends here, but it once went to ${known.position}` : undefined;
}

/** @param removal - the newest entry that tells of a removal */
function problemOfBeginning({ firstPosition }: LedgerHead, removal: StoredLedgerEntry | undefined): string | undefined {
  if (firstPosition === 1) return undefined;
  if (!removal) return `the chain begins at ${firstPosition}, but no entry says that others were removed`;
  const { firstPosition: said = firstPosition } = removal.document as { firstPosition?: number };
  return said === firstPosition ? undefined : `the chain begins at ${firstPosition}, but should at ${said}`;
}

function problemOf(entry: StoredLedgerEntry, previous: LedgerEnd): string | undefined {
  if (entry.position !== previous.position + 1) return 'the entry is missing';
  if (entry.previousHash !== previous.hash) return 'the entry does not follow the one before';
  if (entry.hash !== hashOfEntry(entry)) return 'the entry was changed';
  return undefined;
}
