/** One request that a homelab server answered, or is answering. */
export interface JournalEntry {
  /** RFC 3339 with milliseconds, by the homelab's clock. */
  at: string;
  method: string;
  /** Path without the query. */
  path: string;
  query: Record<string, string>;
  /** HTTP status; absent until headers are sent, or if the connection was cut before. */
  status?: number;
  /** Who asked, in the served system's own terms; absent when not known. */
  user?: string;
  userAgent?: string;
  /** Set when the homelab refused an operation because it does not model it. */
  refusal?: string;
  /** Set when the homelab itself failed on it: never expected, so tests may assert that there is none. */
  error?: string;
}

/** Default number of entries that are kept; older ones are dropped. */
const defaultCapacityCount = 10_000;

/** What was asked of a homelab server, oldest first. */
export class RequestJournal implements Iterable<JournalEntry> {
  private entries: JournalEntry[] = [];

  constructor(private readonly capacityCount: number = defaultCapacityCount) {}

  [Symbol.iterator](): Iterator<JournalEntry> {
    return this.entries[Symbol.iterator]();
  }

  add(entry: JournalEntry): void {
    this.entries.push(entry);
    if (this.entries.length > this.capacityCount) this.entries.shift();
  }

  clear(): void {
    this.entries = [];
  }

  filter(predicate: (entry: JournalEntry) => boolean): JournalEntry[] {
    return this.entries.filter(predicate);
  }

  /** Number of entries that satisfy the predicate, or of all. */
  count(predicate: (entry: JournalEntry) => boolean = () => true): number {
    return this.filter(predicate).length;
  }
}
