/* Carries out runs on the PostgreSQL of its first argument, against the tallies at its second, until it is killed. */
import knexFactory from 'knex';
import { limitIdleTransactions } from '../database/limitIdleTransactions';
import { createEngine, quickTiming } from './createEngine';
import { tallyOperation } from './tallyOperation';

const [, , connection, tallies] = process.argv;
const knex = knexFactory({ client: 'pg', connection, pool: { min: 0, max: 5 } });
limitIdleTransactions(knex, quickTiming.leaseMs / 4);
const { executor } = createEngine(knex, {
  operations: [tallyOperation(tallies)],
  timing: quickTiming,
});
void executor.start().then(() => process.stdout.write('started\n'));
process.on('SIGTERM', () => void executor.close().then(() => process.exit(0)));
