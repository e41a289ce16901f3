import { TestDatabases } from '@backstage/backend-test-utils';
import { createHash } from 'node:crypto';
import { migrationsDirectory } from '../database/migrate';
import type { Write } from '../database/Write';
import { canonicalJson } from './canonicalJson';
import { hashOfEntry } from './LedgerEntry';
import { LedgerStore, type RecordedChange } from './LedgerStore';
import { verifyLedger } from './verifyLedger';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const times = { starts_at: 'a', ends_at: 'b', created_by: 'user:default/olga', created_at: 'a' };

/** Makes a freeze, or gives the one that is there a reason. */
function freezing(id: string, reason: string): Write {
  return { table: 'freezes', insert: { id, reason, ...times }, onConflict: { keys: ['id'], update: { reason } } };
}

/** Ends the freeze `one`, unless somebody did, and goes on with two others. */
const ending: RecordedChange = {
  first: { table: 'freezes', where: { id: 'one', ends_at: 'b' }, update: { ends_at: 'c' } },
  also: [
    freezing('two', 'made'),
    freezing('three', 'again'),
    { table: 'freezes', where: { id: 'four' }, isDelete: true },
  ],
  entries: [
    { runId: 'r', event: 'freeze-ended', document: { by: 'Zoë "Z"\n' } },
    { event: 'freeze-created', document: {} },
  ],
};

it('hashes the canonical JSON of an entry', () => {
  const entry = { position: 7, event: 'started', at: '2026-11-21', previousHash: 'ab', document: { b: 'ä"', a: 1 } };
  for (const runId of ['x', undefined]) {
    const text = canonicalJson({ ...entry, runId: runId ?? null });
    expect(hashOfEntry({ ...entry, runId })).toBe(createHash('sha256').update(text).digest('hex'));
  }
});

describe.each(databases.eachSupportedId())('a recorded change on %s', databaseId => {
  async function start() {
    const knex = await databases.init(databaseId);
    await knex.migrate.latest({ directory: migrationsDirectory });
    for (const id of ['one', 'three', 'four']) await knex('freezes').insert({ id, reason: 'old', ...times });
    const told: string[] = [];
    const ledger = new LedgerStore(knex, ({ event }) => told.push(event));
    const read = async () => ({
      freezes: (await knex('freezes').orderBy('id')).map(row => [row.id, row.reason, row.ends_at]),
      events: await knex('ledger_entries').orderBy('position').pluck('event'),
      told,
    });
    return { knex, ledger, read };
  }

  it(`is made as a whole and once on ${databaseId}`, async () => {
    const { knex, ledger, read } = await start();
    const made = await Promise.all([1, 2, 3].map(() => ledger.commit(ending)));
    expect(made.filter(Boolean)).toHaveLength(1);
    const events = ['freeze-ended', 'freeze-created'];
    expect(await read()).toEqual({
      freezes: [
        ['one', 'old', 'c'],
        ['three', 'again', 'b'],
        ['two', 'made', 'b'],
      ],
      ...{ events, told: events },
    });
    const { entryCount, problem } = await verifyLedger(knex);
    expect({ entryCount, problem }).toEqual({ entryCount: 2, problem: undefined });
  });

  it.each([
    {
      name: 'a part of it fails',
      change: { ...ending, also: [{ table: 'freezes', insert: { id: 'four', reason: 'twice', ...times } }] },
    },
    {
      name: 'what is asked in between says no',
      change: { ...ending, check: () => Promise.reject(new Error('No')) },
    },
    {
      name: 'the ledger has no end',
      change: ending,
      breakLedger: true,
    },
  ])(`is not made at all when $name on ${databaseId}`, async ({ change, breakLedger = false }) => {
    const { knex, ledger, read } = await start();
    const before = await read();
    if (breakLedger) await knex('ledger_head').delete();
    await expect(ledger.commit(change)).rejects.toThrow();
    expect(await read()).toEqual(before);
  });

  it(`finds its place in the chain, however many are made at once on ${databaseId}`, async () => {
    const { knex, ledger } = await start();
    const ids = Array.from({ length: 40 }, (_, index) => `many-${index}`);
    const entriesOf = (id: string) => [{ runId: id, event: 'requested' as const, document: { id } }];
    await Promise.all(
      ids.map((id, index) =>
        index % 2 === 0
          ? ledger.commit({ first: freezing(id, 'many'), entries: entriesOf(id) })
          : knex.transaction(transaction => ledger.append(transaction, { event: 'released', document: { id } })),
      ),
    );
    const entries = await ledger.list(1, 100);
    expect(entries.map(({ position }) => position)).toEqual(ids.map((_, index) => index + 1));
    entries.forEach((entry, index) => {
      expect(entry.hash).toBe(hashOfEntry(entry));
      expect(entry.previousHash).toBe(entries[index - 1]?.hash ?? '0'.repeat(64));
    });
  });
});
