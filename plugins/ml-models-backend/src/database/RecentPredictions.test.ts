import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import type { Predictions } from '@leitstand/plugin-ml-models-common';
import { openDatabase } from './migrate';
import { RecentPredictions } from './RecentPredictions';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const mine = { person: 'user:default/olga', model: 'p.d.m' };

/** The n-th question of a person; its id begins with `start`. */
function asked(n: number, start: string): Predictions {
  return {
    id: `${start}0000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
    label: 'y',
    predictions: [{ features: { x: n }, predicted: n, probabilities: [] }],
    job: { id: 'job', bytesProcessed: 0, bytesBilled: 0, isCacheHit: false },
    durationMs: 1,
    createdAt: new Date(Date.UTC(2026, 0, 1, 0, 0, n)).toISOString(),
  };
}

it.each(databases.eachSupportedId())(
  'keeps the newest of each person and model on %s, also of whoever never lists',
  async databaseId => {
    const knex = await databases.init(databaseId);
    const recent = new RecentPredictions(
      await openDatabase(mockServices.database({ knex, migrations: { skip: false } })),
    );
    await recent.add({ ...mine, person: 'user:default/otto' }, asked(0, 'f'));
    for (let n = 1; n < 30; n += 1) await recent.add(mine, asked(n, 'a'));
    await recent.add(mine, asked(30, '0'));
    const [{ count }] = await knex('predictions').count({ count: '*' });
    expect(Number(count)).toBe(21);
    const listed = await recent.list(mine.person, mine.model);
    expect(listed.map(({ rows }) => rows[0].x)).toEqual(Array.from({ length: 20 }, (_, index) => 30 - index));
    expect(await recent.list('user:default/otto', mine.model)).toHaveLength(1);
  },
);
