import { startBigQueryHomelab } from '@leitstand/homelab';
import { eventually } from '@leitstand/plugin-kit-node/testUtils';
import { BigQueryConnection } from '../client/BigQueryConnection';
import { QueryService } from './QueryService';

const query = { sql: 'SELECT month, avg_temp_celsius FROM weather_analysis.berlin_weather' };

const { signal } = new AbortController();

async function start(durationMs: number) {
  const homelab = await startBigQueryHomelab({ durationsMs: { createModel: 0, query: durationMs } });
  const connection = new BigQueryConnection({
    ...{ name: 'homelab', projectId: 'homelab-lamp', projects: homelab.projects, location: 'EU' },
    ...{ apiEndpoint: homelab.url, accessToken: homelab.tokens.reader },
  });
  const queries = new QueryService({ maximumBytesBilled: 2 ** 30, price: undefined }, 200);
  return { homelab, connection, queries, [Symbol.asyncDispose]: () => homelab.close() };
}

it.each([
  ['at once', 0],
  ['after several looks', 600],
])('says what a query was billed that ends %s', async (_, durationMs) => {
  await using started = await start(durationMs);
  const { queries, connection } = started;
  const { rows, job } = await queries.run({ connection }, query, { operation: 'read', signal });
  expect(rows).toHaveLength(6);
  expect(job).toEqual({
    id: expect.stringMatching(/./),
    bytesProcessed: 96,
    bytesBilled: 10 * 2 ** 20,
    isCacheHit: false,
  });
});

/** So many rows of a megabyte each, of which BigQuery puts ten on a page. */
const wide = (count: number) => ({
  sql: `SELECT n, REPEAT('x', 1000000) AS text FROM UNNEST(GENERATE_ARRAY(1, ${count})) AS n ORDER BY n`,
});

it('reads a result to its end that has more bytes than a page, and refuses one that has far more', async () => {
  await using started = await start(0);
  const { queries, connection } = started;
  const { rows } = await queries.run({ connection }, wide(25), { operation: 'read', signal });
  expect(rows.map(({ n }) => n)).toEqual(Array.from({ length: 25 }, (_, index) => index + 1));
  await expect(queries.run({ connection }, wide(60), { operation: 'read', signal })).rejects.toMatchObject({
    code: 'RESULT_TOO_LARGE',
  });
});

it('stops a query that nobody waits for any more', async () => {
  await using started = await start(600_000);
  const { queries, connection, homelab } = started;
  const leaving = new AbortController();
  const refusal = queries.run({ connection }, query, { operation: 'read', signal: leaving.signal }).then(
    () => 'no error',
    (error: Error) => error.name,
  );
  await eventually(
    () => homelab.journal.count(({ method, path }) => method === 'GET' && path.includes('/queries/')),
    count => count > 0,
  );
  leaving.abort();
  expect(await refusal).toBe('AbortError');
  const [looked] = homelab.journal.filter(({ path }) => path.includes('/queries/'));
  const path = `/jobs/${looked.path.split('/').at(-1)}`;
  const job = await eventually(
    () => connection.request<{ status: { state: string } }>({ operation: 'look', path, query: { location: 'EU' } }),
    ({ status }) => status.state === 'DONE',
  );
  expect(job.status).toMatchObject({ errorResult: { reason: 'stopped' } });
});

it('takes what is no answer of BigQuery for none', async () => {
  await using started = await start(0);
  const { queries, connection, homelab } = started;
  const something = { reply: { headers: { 'content-type': 'application/json' }, body: '{"fruits":[]}' } };
  using _ = homelab.faults.always({ path: '*' }, something);
  const options = { operation: 'read', signal };
  const unreadable = { code: 'UPSTREAM_UNREADABLE' };
  await expect(queries.run({ connection }, query, options)).rejects.toMatchObject(unreadable);
  await expect(queries.dryRun({ connection }, query, options)).rejects.toMatchObject(unreadable);
});
