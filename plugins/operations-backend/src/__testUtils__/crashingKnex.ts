import knexFactory, { type Knex } from 'knex';

/**
 * When a {@link crashingKnex} dies: at its n-th commit, counted from 1, before it is made or after. A commit is that of a
 * transaction, or a single statement that writes.
 */
export interface CrashPoint {
  commit: number;
  side: 'before' | 'after';
}

/** A connection of its own to a test's database, as a process that dies has it. */
export interface CrashingKnex {
  knex: Knex;
  isDead(): boolean;
  /** Counts from here; nothing counts, and nothing dies, before. */
  arm(point?: CrashPoint): void;
}

interface Statement {
  sql: string;
}

/** The part of Knex's clients that every statement passes. */
interface KnexClient {
  transacting?: boolean;
  _query(connection: unknown, statement: Statement): Promise<unknown>;
}

/**
 * Opens a database so that the connection breaks for ever at one commit: before it, as if the process had died on the way,
 * or after it, before the answer. What the process does from then on reaches the database no more.
 */
export function crashingKnex(config: Knex.Config): CrashingKnex {
  const knex = knexFactory(config);
  const state = { point: undefined as CrashPoint | undefined, isArmed: false, isDead: false, commitCount: 0 };
  const Client = knex.client.constructor as new () => KnexClient;

  class CrashingClient extends Client {
    override async _query(connection: unknown, statement: Statement): Promise<unknown> {
      const { sql } = statement;
      const isTransaction = this.transacting === true;
      if (!state.isDead && state.isArmed && isCommit(sql, isTransaction)) {
        state.commitCount++;
        state.isDead = state.point?.commit === state.commitCount;
        if (state.isDead && state.point?.side === 'after') {
          await super._query(connection, statement);
          throw new Error('The process dies');
        }
      }
      if (!state.isDead) return super._query(connection, statement);
      // Connections that break take their transactions with them.
      if (isTransaction && /^(commit|rollback)/i.test(sql)) {
        await super._query(connection, { ...statement, sql: 'ROLLBACK' });
      }
      throw new Error('The process is dead');
    }
  }
  // Transactions get clients of their own from the constructor.
  Object.setPrototypeOf(knex.client, CrashingClient.prototype as object);
  return {
    knex,
    isDead: () => state.isDead,
    arm: point => Object.assign(state, { point, isArmed: true, commitCount: 0 }),
  };
}

function isCommit(sql: string, isInTransaction: boolean): boolean {
  if (/^commit/i.test(sql)) return true;
  return !isInTransaction && /^\s*(with|insert|update|delete)/i.test(sql);
}
