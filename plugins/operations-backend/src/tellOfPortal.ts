import type { DatabaseAccount, DoorRules, RunCarrier } from '@leitstand/plugin-connections-common';
import type { PortalAccounts } from '@leitstand/plugin-connections-node';
import { DatabaseClock, isPostgres } from '@leitstand/plugin-kit-node';
import type { Knex } from 'knex';
import { countRuns } from './database/countRuns';

/** What the door knows of the portal. */
export interface PortalTellerOptions {
  accounts: PortalAccounts;
  database: Knex;
  rules: DoorRules;
}

/** Tells of the database, of runs and of the processes that carry them out, and of the door's rules. */
export function tellOfPortal({ accounts, database, rules }: PortalTellerOptions): void {
  accounts.add('databases', async () => [await describeDatabase(database)]);
  accounts.add('doorRules', async () => [rules]);
  accounts.add('runCarriers', () => listCarriers(database));
  accounts.add('runs', () => countRuns(database));
}

async function describeDatabase(database: Knex): Promise<DatabaseAccount> {
  const kind = isPostgres(database) ? 'PostgreSQL' : 'SQLite';
  const version = kind === 'SQLite' ? 'sqlite_version()' : `current_setting('server_version')`;
  const [row] = await database.select<{ version: string }[]>(database.raw(`${version} as version`));
  return { kind, version: row.version };
}

async function listCarriers(database: Knex): Promise<RunCarrier[]> {
  const rows: { process: string; count: number | string }[] = await database('runs')
    .whereNotNull('lease_owner')
    .whereRaw(`lease_until > ${new DatabaseClock(database).nowMs}`)
    .groupBy('lease_owner')
    .select({ process: 'lease_owner' }, database.raw('count(*) as count'));
  return rows.map(({ process, count }) => ({ process, runCount: Number(count) }));
}
