import type { RunCount } from '@leitstand/plugin-connections-common';
import type { Knex } from 'knex';

/** How many runs are in each state, as far back as the ledger is kept. @throws the database's error */
export async function countRuns(database: Knex): Promise<RunCount[]> {
  const rows: { state: string; count: number | string }[] = await database('runs')
    .groupBy('state')
    .orderBy('state')
    .select('state', database.raw('count(*) as count'));
  return rows.map(({ state, count }) => ({ state, count: Number(count) }));
}
