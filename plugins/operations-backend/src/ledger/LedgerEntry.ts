import { createHash } from 'node:crypto';
import { canonicalJson } from './canonicalJson';

/** What the chain tells of. */
export type LedgerEvent =
  | 'requested'
  | 'approved'
  | 'rejected'
  | 'break-glass'
  | 'held'
  | 'released'
  | 'started'
  | 'finished'
  | 'cancelled'
  | 'expired'
  | 'freeze-created'
  | 'freeze-confirmed'
  | 'freeze-ended'
  | 'entries-removed';

/** One entry of the chain. */
export interface LedgerEntry {
  /** From 1; without gaps. */
  position: number;
  /** Undefined where it is not about one run. */
  runId: string | undefined;
  event: string;
  /** ISO 8601 in UTC, by the clock of the process that wrote it. */
  at: string;
  /** What happened. Holds neither inputs nor secrets. */
  document: unknown;
  previousHash: string;
}

/** SHA-256, in hex, over the canonical JSON of the entry; it holds the hash of the one before. */
export function hashOfEntry(entry: LedgerEntry): string {
  const [beforePosition, beforeHash, afterHash] = hashedTextAround(entry);
  return createHash('sha256')
    .update([beforePosition, entry.position, beforeHash, entry.previousHash, afterHash].join(''))
    .digest('hex');
}

/** The canonical JSON of an entry, in three parts: around its position and the hash of the one before. */
export function hashedTextAround(entry: Omit<LedgerEntry, 'position' | 'previousHash'>): [string, string, string] {
  const { runId = null, event, at, document } = entry;
  const before = canonicalJson({ at, document, event });
  return [`${before.slice(0, -1)},"position":`, ',"previousHash":"', `","runId":${canonicalJson(runId)}}`];
}
