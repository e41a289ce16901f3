/* Takes the lease "work" on the PostgreSQL of its first argument, says so, and holds it until it is killed. */
import knexFactory from 'knex';
import { DatabaseLease } from '../DatabaseLease';

const knex = knexFactory({ client: 'pg', connection: process.argv[2] });
const lease = DatabaseLease.create({
  knex,
  table: 'leases',
  name: 'work',
  holder: 'child',
  lifeMs: 3_000,
  heartbeatMs: 200,
});
void lease.keep(async (_held, signal) => {
  process.stdout.write('held\n');
  await new Promise(resolve => {
    signal.addEventListener('abort', resolve);
  });
}, new AbortController().signal);
