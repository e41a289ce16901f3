import { ConflictError } from '@backstage/errors';
import type { Knex } from 'knex';
import type { DatabaseClock } from './DatabaseClock';

/** What a held lease needs to stay held. */
export interface HeldLeaseOptions {
  knex: Knex;
  table: string;
  name: string;
  clock: DatabaseClock;
  fence: number;
  lifeMs: number;
  heartbeatMs: number;
  onError: (error: unknown) => void;
  /** By `performance.now()`, before the database was asked: it counts from later, so this side never believes too long. */
  askedAt: number;
}

/** A lease while it is held; it gives signs of life until it is released or lost. */
export class HeldLease implements AsyncDisposable {
  /** Larger than that of every earlier holder. */
  readonly fence: number;
  readonly #options: HeldLeaseOptions;
  readonly #lost = new AbortController();
  #heldUntil: number;
  #heartbeat: NodeJS.Timeout | undefined;
  #expiry: NodeJS.Timeout | undefined;
  #isReleased = false;

  /** Made by `DatabaseLease.acquire`. */
  constructor(options: HeldLeaseOptions) {
    this.fence = options.fence;
    this.#options = options;
    this.#heldUntil = options.askedAt + options.lifeMs;
    this.#watchExpiry();
    this.#scheduleHeartbeat();
  }

  /** Aborts as soon as it is lost, also when the database could not be asked for as long as it lives; or released. */
  get signal(): AbortSignal {
    return this.#lost.signal;
  }

  /**
   * Asks the database. In a transaction on PostgreSQL nobody else can take the lease before that transaction ends.
   *
   * @throws ConflictError when it is lost
   */
  async assertHeld(connection: Knex = this.#options.knex): Promise<void> {
    const { table, name, clock } = this.#options;
    const row = await connection(table)
      .where({ name, fence: this.fence })
      .whereRaw(`until_ms > ${clock.nowMs}`)
      .forShare()
      .first('name');
    if (row && performance.now() < this.#heldUntil && !this.#isReleased) return;
    this.#lose();
    throw new ConflictError(`The lease ${name} is lost; another process goes on with the work.`);
  }

  /** Gives it back, so that another process gets it at its next attempt. What cannot be given back runs out by itself. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#isReleased) return;
    this.#isReleased = true;
    this.#lose();
    const { knex, table, name, onError } = this.#options;
    try {
      await knex(table).where({ name, fence: this.fence }).update({ until_ms: 0 });
    } catch (error) {
      onError(error);
    }
  }

  #scheduleHeartbeat(): void {
    this.#heartbeat = setTimeout(() => void this.#beat(), this.#options.heartbeatMs);
  }

  async #beat(): Promise<void> {
    const { knex, table, name, clock, lifeMs, onError } = this.#options;
    const askedAt = performance.now();
    try {
      const count = await knex(table)
        .where({ name, fence: this.fence })
        .whereRaw(`until_ms > ${clock.nowMs}`)
        .update({ until_ms: knex.raw(`${clock.nowMs} + ?`, [lifeMs]) });
      if (count === 0) this.#lose();
      else this.#heldUntil = askedAt + lifeMs;
    } catch (error) {
      if (!this.signal.aborted) onError(error);
    }
    if (this.signal.aborted) return;
    this.#watchExpiry();
    this.#scheduleHeartbeat();
  }

  #watchExpiry(): void {
    clearTimeout(this.#expiry);
    this.#expiry = setTimeout(() => this.#lose(), Math.max(0, this.#heldUntil - performance.now()));
  }

  #lose(): void {
    clearTimeout(this.#heartbeat);
    clearTimeout(this.#expiry);
    if (!this.signal.aborted) this.#lost.abort(new ConflictError(`The lease ${this.#options.name} is lost.`));
  }
}
