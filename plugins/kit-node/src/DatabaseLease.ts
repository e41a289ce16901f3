import type { Knex } from 'knex';
import { DatabaseClock } from './DatabaseClock';
import { HeldLease } from './HeldLease';

/** What a {@link DatabaseLease} stands on. Times are milliseconds. */
export interface DatabaseLeaseOptions {
  knex: Knex;
  /** Table with the columns `name` (primary key), `holder`, `fence` (integer) and `until_ms` (big integer). */
  table: string;
  /** What is held; one row. */
  name: string;
  /** Who holds it, shown to people; different in each process. */
  holder: string;
  /** How long it outlives the last sign of life of its holder. Default: 15,000. */
  lifeMs?: number;
  /** Between two signs of life. Default: 5,000. */
  heartbeatMs?: number;
  /** Between two attempts to get it. Default: 1,000. */
  retryMs?: number;
  /** Told when the database cannot be asked; it is asked again. */
  onError?: (error: unknown) => void;
}

/** Who holds a lease now. */
export interface LeaseHolder {
  holder: string;
  until: Date;
  fence: number;
}

/**
 * Something that at most one of many processes on one database may do. Only the database's clock counts, so the
 * processes' clocks need not agree. Whoever gets it gets a fence, a number larger than all before: a write that must not
 * come from a process that was suspended and woke up asks {@link HeldLease.assertHeld} in its own transaction.
 */
export class DatabaseLease {
  readonly #options: Required<DatabaseLeaseOptions>;
  readonly #clock: DatabaseClock;

  private constructor(options: Required<DatabaseLeaseOptions>) {
    this.#options = options;
    this.#clock = new DatabaseClock(options.knex);
  }

  /** @throws Error when the heartbeat is not well below the life */
  static create(options: DatabaseLeaseOptions): DatabaseLease {
    const { lifeMs = 15_000, heartbeatMs = 5_000, retryMs = 1_000, onError = () => {} } = options;
    if (heartbeatMs * 2 > lifeMs) throw new Error('A lease must live for at least two heartbeats');
    return new DatabaseLease({ ...options, lifeMs, heartbeatMs, retryMs, onError });
  }

  /** Tries once; undefined where somebody holds it. @throws the database's error */
  async acquire(): Promise<HeldLease | undefined> {
    const { knex, table, name, holder, lifeMs } = this.#options;
    const askedAt = performance.now();
    const now = this.#clock.nowMs;
    const rows = await this.#clock.rowsOf<{ fence: number }>(
      knex.raw(
        `insert into ?? as lease (name, holder, fence, until_ms) values (?, ?, 1, ${now} + ?)
         on conflict (name) do update set holder = excluded.holder, fence = lease.fence + 1, until_ms = excluded.until_ms
         where lease.until_ms <= ${now} returning fence`,
        [table, name, holder, lifeMs],
      ),
    );
    return rows.length === 0
      ? undefined
      : new HeldLease({ ...this.#options, clock: this.#clock, fence: rows[0].fence, askedAt });
  }

  /** Who holds it at present; undefined while nobody does. @throws the database's error */
  async findHolder(): Promise<LeaseHolder | undefined> {
    const { knex, table, name } = this.#options;
    const now = this.#clock.nowMs;
    const [row] = await this.#clock.rowsOf<{ holder: string; fence: number; until: string }>(
      knex.raw(
        `select holder, fence, cast(until_ms as varchar(20)) as until from ?? where name = ? and until_ms > ${now}`,
        [table, name],
      ),
    );
    return row && { holder: row.holder, fence: row.fence, until: new Date(Number(row.until)) };
  }

  /**
   * Works whenever it holds the lease, until the signal aborts; resolves when the work has ended and the lease is given
   * back. The work's own signal aborts too as soon as the lease is lost. Work that fails is reported and begun again.
   */
  async keep(work: (held: HeldLease, signal: AbortSignal) => Promise<void>, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        await using held = await this.acquire();
        if (held) await work(held, AbortSignal.any([held.signal, signal]));
      } catch (error) {
        if (!signal.aborted) this.#options.onError(error);
      }
      await pause(this.#options.retryMs, signal);
    }
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise(resolve => {
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done, { once: true });
    function done() {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    }
  });
}
