import { TestDatabases } from '@backstage/backend-test-utils';
import { openDatabase } from './migrate';

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
const onPostgres = databases.supports('POSTGRES_18') ? describe : describe.skip;

/** Notes the limit that holds while a table is made. */
const noteLimits = `
  create table seen (idle_limit text);
  create function note_limit() returns event_trigger language plpgsql as $$
    begin insert into public.seen values (current_setting('idle_in_transaction_session_timeout')); end $$;
  create event trigger note_limits on ddl_command_end when tag in ('CREATE TABLE') execute function note_limit();`;

onPostgres('openDatabase on POSTGRES_18', () => {
  it('limits idle transactions when the tables are there, and not while they are made', async () => {
    const knex = await databases.init('POSTGRES_18');
    await knex.raw(noteLimits);
    const opened = await openDatabase({ getClient: async () => knex });
    const during = await knex('seen').distinct('idle_limit');
    expect(during).toEqual([{ idle_limit: '0' }]);
    const { rows } = await opened.raw('show idle_in_transaction_session_timeout');
    expect(rows).toEqual([{ idle_in_transaction_session_timeout: '5s' }]);
  });
});
