import { observeGauge } from '@leitstand/plugin-kit-node';
import type { Knex } from 'knex';

/** Offers the number of runs in each state as metric `leitstand.runs`, until the returned handle is disposed of. */
export function observeRuns(database: Knex): Disposable {
  return observeGauge({
    name: 'leitstand.runs',
    description: 'Runs of operations by state, as far back as the ledger is kept',
    read: async () => {
      const rows: { state: string; count: number | string }[] = await database('runs')
        .groupBy('state')
        .select('state', database.raw('count(*) as count'));
      return rows.map(({ state, count }) => ({ value: Number(count), attributes: { state } }));
    },
  });
}
