import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import knexFactory from 'knex';
import { verifyLedgerOnce } from './verifyLedger';

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
const directory = resolvePackagePath('@leitstand/plugin-operations-backend', 'migrations');
const noEnd = '0'.repeat(64);

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leitstand-ledger-'));
});
afterEach(async () => {
  jest.restoreAllMocks();
  await rm(folder, { recursive: true });
});

/** Runs the command as somebody would type it. */
async function verify(database: object, ...options: string[]) {
  const config = join(folder, 'app-config.yaml');
  await writeFile(config, JSON.stringify({ backend: { database } }));
  const argv = ['node', 'backend', '--verify-ledger', '--config', config, ...options];
  const [before, lines] = [process.argv, [] as string[]];
  process.argv = argv;
  const stdout = jest.spyOn(process.stdout, 'write').mockImplementation(line => lines.push(String(line)) > 0);
  try {
    const code = await verifyLedgerOnce(argv);
    return { code, line: lines.at(-1)?.trim() };
  } finally {
    stdout.mockRestore();
    process.argv = before;
  }
}

async function onSqlite() {
  const knex = knexFactory({
    client: 'better-sqlite3',
    connection: { filename: join(folder, 'operations.sqlite') },
    useNullAsDefault: true,
  });
  return { knex, database: { client: 'better-sqlite3', connection: { directory: folder } } };
}

async function onPostgres() {
  const admin = await databases.init('POSTGRES_18');
  await admin.raw('create schema operations');
  // Knex hides the password from whoever prints it.
  const { password, ...others } = admin.client.connectionSettings as { password: string };
  const connection = { password, ...others };
  const knex = knexFactory({ client: 'pg', connection, searchPath: ['operations'] });
  return { knex, database: { client: 'pg', pluginDivisionMode: 'schema', ensureExists: false, connection } };
}

/** Puts one entry at the end as the door does, or one that does not fit. */
async function append(knex: Knex, hash: string): Promise<void> {
  const what = { event: 'freeze-ended', at: '2026-03-01T08:00:00.000Z', document: '{}', previous_hash: noEnd };
  await knex('ledger_entries').insert({ position: 1, ...what, hash });
  await knex('ledger_head').update({ position: 1, hash });
}

describe.each([
  { name: 'SQLITE_3', start: onSqlite },
  { name: 'POSTGRES_18', start: onPostgres },
])('the command on $name', ({ name, start }) => {
  it(`says by line and exit code whether the ledger is whole, also from an end that is known on ${name}`, async () => {
    const { knex, database } = await start();
    try {
      await knex.migrate.latest({ directory });
      const whole = { code: 0, line: `The ledger is complete and unchanged: 0 entries, the end is 0:${noEnd}` };
      expect(await verify(database)).toEqual(whole);
      expect(await verify(database, '--known-end', `7:${noEnd}`)).toEqual({
        ...{ code: 1, line: 'The ledger is broken at position 0: the chain ends here, but it once went to 7.' },
      });
      await append(knex, 'f'.repeat(64));
      expect(await verify(database)).toEqual({
        ...{ code: 1, line: 'The ledger is broken at position 1: the entry was changed.' },
      });
    } finally {
      await knex.destroy();
    }
  });
});

it('says that it cannot read, and what it wants', async () => {
  const database = { client: 'better-sqlite3', connection: { directory: folder } };
  expect(await verify(database)).toEqual({ code: 2, line: 'The ledger cannot be read: the log above says why.' });
  const answer = await verify(database, '--known-end', 'latest');
  expect(answer).toEqual({ code: 2, line: expect.stringContaining('<position>:<hash>') });
});
