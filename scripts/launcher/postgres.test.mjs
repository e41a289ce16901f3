import assert from 'node:assert/strict';
import { chmodSync, readdirSync } from 'node:fs';
import { describe, it } from 'node:test';
import pg from 'pg';
import { startPostgres } from './postgres.mjs';
import { temporaryDirectory } from './temporaryDirectory.mjs';

const directory = temporaryDirectory();
chmodSync(directory, 0o755);
process.env.TMPDIR = directory;

describe('startPostgres', () => {
  it('brings up version 18 and leaves nothing behind', async () => {
    const postgres = await startPostgres({ node: process.execPath });
    try {
      const client = new pg.Client(postgres.connectionString);
      await client.connect();
      const { rows } = await client.query('SHOW server_version');
      await client.end();
      assert.match(rows[0].server_version, /^18/);
    } finally {
      await postgres.stop();
    }
    assert.deepEqual(readdirSync(directory), []);
  });
});
