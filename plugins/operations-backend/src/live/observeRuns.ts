import { observeGauge } from '@leitstand/plugin-kit-node';
import type { Knex } from 'knex';
import { countRuns } from '../database/countRuns';

/** Offers the number of runs in each state as metric `leitstand.runs`, until the returned handle is disposed of. */
export function observeRuns(database: Knex): Disposable {
  return observeGauge({
    name: 'leitstand.runs',
    description: 'Runs of operations by state, as far back as the ledger is kept',
    read: async () => (await countRuns(database)).map(({ state, count }) => ({ value: count, attributes: { state } })),
  });
}
