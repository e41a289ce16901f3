import { ConflictError } from '@backstage/errors';
import type { Knex } from 'knex';
import type { DatabaseClock } from './DatabaseClock';
import { Heartbeat } from './Heartbeat';

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
  readonly #heartbeat: Heartbeat;
  #isReleased = false;

  /** Made by `DatabaseLease.acquire`. */
  constructor(options: HeldLeaseOptions) {
    const { fence, askedAt, lifeMs, heartbeatMs, onError } = options;
    this.fence = fence;
    this.#options = options;
    const [beat, onLost] = [() => this.#renew(), () => this.#lose()];
    this.#heartbeat = new Heartbeat({ lifeMs, heartbeatMs, takenAt: askedAt, beat, onLost, onError });
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
    if (row && this.#heartbeat.isAlive && !this.#isReleased) return;
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

  async #renew(): Promise<boolean> {
    const { knex, table, name, clock, lifeMs } = this.#options;
    const count = await knex(table)
      .where({ name, fence: this.fence })
      .whereRaw(`until_ms > ${clock.nowMs}`)
      .update({ until_ms: knex.raw(`${clock.nowMs} + ?`, [lifeMs]) });
    return count > 0;
  }

  #lose(): void {
    this.#heartbeat.stop();
    if (!this.signal.aborted) this.#lost.abort(new ConflictError(`The lease ${this.#options.name} is lost.`));
  }
}
