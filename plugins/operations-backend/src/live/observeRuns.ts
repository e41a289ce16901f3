import { observeGauge } from '@leitstand/plugin-kit-node';
import type { Knex } from 'knex';
import type { RunRow } from '../database/runRow';

/** Offers the number of runs in each state as metric `leitstand.runs`, until the returned handle is disposed of. */
export function observeRuns(database: Knex): Disposable {
  return observeGauge({
    name: 'leitstand.runs',
    description: 'Runs of operations by state, as far back as the ledger is kept',
    read: async () => {
      const rows = await database<RunRow>('runs').groupBy('state').select('state').count('* as count');
      return rows.map(({ state, count }) => ({ value: Number(count), attributes: { state } }));
    },
  });
}
