import { isPostgres } from '@leitstand/plugin-kit-node';
import type { Knex } from 'knex';

/** The part of a PostgreSQL connection and of Knex's pool that is used here. */
interface Pool {
  on(event: 'acquireSuccess', listener: (eventId: number, connection: Connection) => void): void;
}
interface Connection {
  query(sql: string): Promise<unknown>;
}

/**
 * Lets PostgreSQL end a transaction in which nothing has been asked for some time. A process that is suspended in the middle
 * of one would otherwise keep its run, and the end of the ledger, locked for all others for as long as it sleeps.
 *
 * @param maxIdleMs in milliseconds; default: 5,000, well below the life of a lease
 */
export function limitIdleTransactions(knex: Knex, maxIdleMs = 5_000): void {
  if (!isPostgres(knex)) return;
  const known = new WeakSet<Connection>();
  const pool = knex.client.pool as Pool;
  pool.on('acquireSuccess', (_eventId, connection) => {
    if (known.has(connection)) return;
    known.add(connection);
    // It waits in the connection's own queue, before whatever comes next; a connection that breaks fails that too.
    connection.query(`set idle_in_transaction_session_timeout = ${maxIdleMs}`).catch(() => {});
  });
}
