import type { Job } from '@google-cloud/bigquery';
import { berlinWeather, berlinWeatherDaily } from '../seedWeather';
import { ask, clientFor, closeWithoutFaults, failureOf, project, startEmpty } from '../__testUtils__/warehouse';
import type { BigQueryHomelab } from '../startBigQueryHomelab';

const weather = `\`${project}.d.berlin_weather\``;
const daily = `\`${project}.d.berlin_weather_daily\``;

const frost = `CREATE OR REPLACE MODEL \`${project}.d.frost\`
OPTIONS(model_type="logistic_reg", input_label_cols=["has_frost"], early_stop=FALSE)
AS
SELECT avg_temp_celsius, cloud_cover_percent, has_frost FROM ${daily}`;

let homelab: BigQueryHomelab;

async function fill(target: BigQueryHomelab): Promise<void> {
  const [dataset] = await clientFor(target).createDataset('d', { location: 'EU' });
  for (const [name, { fields, rows }] of Object.entries({
    berlin_weather: berlinWeather,
    berlin_weather_daily: berlinWeatherDaily,
  })) {
    const [table] = await dataset.createTable(name, { schema: fields });
    await table.insert(
      rows.map(row => Object.fromEntries(row.map((value, index) => [fields[index].name, String(value)]))),
    );
  }
}

beforeAll(async () => {
  homelab = await startEmpty();
  await fill(homelab);
});

afterAll(() => closeWithoutFaults(homelab));

interface Statistics {
  totalBytesProcessed: string;
  query: Record<string, unknown>;
}

async function dryRun(query: string): Promise<Statistics> {
  const [job] = await clientFor(homelab).createQueryJob({ query, dryRun: true });
  return job.metadata.statistics as Statistics;
}

describe('dry runs', () => {
  it.each([
    ['every column', `SELECT * FROM ${weather}`, 6 * 24],
    ['one column', `SELECT month FROM ${weather}`, 6 * 8],
    ['a column of a subquery', `SELECT year FROM (SELECT * FROM ${weather})`, 6 * 8],
    ['a filter that keeps all', `SELECT year FROM ${weather} WHERE month > 0`, 6 * 16],
    ['no column', `SELECT COUNT(*) AS n FROM ${weather}`, 0],
    ['two of one table', `SELECT a.year FROM ${weather} AS a JOIN ${weather} AS b ON a.month = b.month`, 6 * 16],
    ['texts', `SELECT has_frost, condition FROM ${daily}`, 731 + sum(row => 2 + String(row[10]).length)],
  ])('count the bytes of %s', async (_, query, sizeBytes) => {
    const { totalBytesProcessed, query: statistics } = await dryRun(query);
    expect(totalBytesProcessed).toBe(String(sizeBytes));
    expect(statistics).toMatchObject({
      totalBytesProcessed: String(sizeBytes),
      totalBytesBilled: sizeBytes === 0 ? '0' : String(10 * 1024 * 1024),
      statementType: 'SELECT',
    });
  });

  it.each([
    [`INSERT INTO ${weather} (year) SELECT month FROM ${daily}`, 'INSERT', 731 * 8],
    [`DELETE FROM ${weather} WHERE month = 1`, 'DELETE', 6 * 24],
    [`UPDATE ${weather} SET year = 1 WHERE month = 1`, 'UPDATE', 6 * 24],
    [`CREATE TABLE d.made AS SELECT month FROM ${daily}`, 'CREATE_TABLE_AS_SELECT', 731 * 8],
    [`${frost}`, 'CREATE_MODEL', 731 * 17],
  ])('do nothing: %s', async (query, statementType, sizeBytes) => {
    const { totalBytesProcessed, query: statistics } = await dryRun(query);
    expect([totalBytesProcessed, statistics.statementType]).toEqual([String(sizeBytes), statementType]);
    const [rows] = await clientFor(homelab).query(`SELECT COUNT(*) AS n FROM ${weather} WHERE month = 1 AND year > 1`);
    expect(rows).toEqual([{ n: 2 }]);
    expect((await ask(homelab, 'datasets/d/tables/made')).status).toBe(404);
    expect((await ask(homelab, 'datasets/d/models/frost')).status).toBe(404);
  });

  it('say the columns of the result, and leave no job', async () => {
    const { query } = await dryRun(`SELECT day, avg_temp_celsius FROM ${daily}`);
    expect(query.schema).toEqual({
      fields: [
        { name: 'day', type: 'DATE', mode: 'NULLABLE' },
        { name: 'avg_temp_celsius', type: 'FLOAT', mode: 'NULLABLE' },
      ],
    });
    const before = (await ask(homelab, 'jobs')).body;
    await dryRun('SELECT 1 AS a');
    expect((await ask(homelab, 'jobs')).body).toEqual(before);
    expect(await failureOf(dryRun(`SELECT nothing FROM ${daily}`))).toMatchObject({
      code: 400,
      errors: [{ reason: 'invalidQuery', location: 'query' }],
    });
  });
});

function sum(sizeOf: (row: unknown[]) => number): number {
  return berlinWeatherDaily.rows.reduce((total, row) => total + sizeOf(row), 0);
}

describe('query jobs', () => {
  it('stop before they cost more than they may', async () => {
    const client = clientFor(homelab);
    const failure = await failureOf(
      client.query({ query: `SELECT * FROM ${weather}`, maximumBytesBilled: '10485759' }),
    );
    expect(failure.errors).toMatchObject([{ reason: 'bytesBilledLimitExceeded' }]);
    expect(failure.message).toContain('Query exceeded limit for bytes billed: 10485759. 10485760 or higher required.');
    const [rows] = await client.query({ query: `SELECT * FROM ${weather}`, maximumBytesBilled: '10485760' });
    expect(rows).toHaveLength(6);
  });

  it('answer from the cache until the table changes', async () => {
    const [table] = await clientFor(homelab).dataset('d').createTable('cached', { schema: 'a:integer' });
    await table.insert([{ a: 1 }]);
    const run = async (options: object = {}) => {
      const [job] = await clientFor(homelab).createQueryJob({
        query: `SELECT a FROM \`${project}.d.cached\``,
        ...options,
      });
      const [rows] = await job.getQueryResults();
      const [{ statistics }] = await job.getMetadata();
      return [rows.length, statistics.query.cacheHit, statistics.query.totalBytesBilled];
    };
    expect(await run()).toEqual([1, false, '10485760']);
    expect(await run()).toEqual([1, true, '0']);
    expect(await run({ useQueryCache: false })).toEqual([1, false, '10485760']);
    await table.insert([{ a: 2 }]);
    expect(await run()).toEqual([2, false, '10485760']);
  });

  it('give their result in pages, and to a repeated request the same job', async () => {
    const client = clientFor(homelab);
    const [job] = await client.createQueryJob(`SELECT day FROM ${daily} ORDER BY day`);
    const [rows, next] = await job.getQueryResults({ maxResults: 700, autoPaginate: false });
    expect([rows.length, rows[0].day.value]).toEqual([700, '2023-01-01']);
    const [rest, end] = await job.getQueryResults({ ...next, autoPaginate: false } as object);
    expect([rest.length, rest.at(-1).day.value, end]).toEqual([31, '2024-12-31', null]);
    const body = { query: 'SELECT 1 AS one', useLegacySql: false, requestId: 'request' };
    const [first, second] = [await ask(homelab, 'queries', { body }), await ask(homelab, 'queries', { body })];
    expect(first.body).toMatchObject({ jobComplete: true, rows: [{ f: [{ v: '1' }] }] });
    expect(second.body.jobReference).toEqual(first.body.jobReference);
  });

  it('write TIMESTAMP as asked for', async () => {
    const query = 'SELECT TIMESTAMP "2024-01-01 00:00:00.5+00" AS t';
    const cellOf = async (formatOptions: object) => {
      const { body } = await ask(homelab, 'queries', { body: { query, useLegacySql: false, formatOptions } });
      return (body.rows as { f: { v: string }[] }[])[0].f[0].v;
    };
    expect(await cellOf({ useInt64Timestamp: true })).toBe('1704067200500000');
    expect(await cellOf({})).toBe('1.7040672005E9');
  });

  it('are where their data is', async () => {
    const client = clientFor(homelab);
    const [job] = await client.createQueryJob(`SELECT year FROM ${weather}`);
    expect(job.metadata.jobReference.location).toBe('EU');
    const elsewhere = client.query({ query: `SELECT year FROM ${weather}`, location: 'US' });
    expect((await failureOf(elsewhere)).message).toContain(`Dataset ${project}:d was not found in location US`);
    expect((await ask(homelab, `jobs/${job.id}?location=US`)).status).toBe(404);
  });

  it.each([
    ['legacy SQL', { query: 'SELECT 1' }, 400, 'legacy SQL'],
    ['several statements', { query: 'SELECT 1; SELECT 2', useLegacySql: false }, 400, 'one statement'],
    ['no statement', { useLegacySql: false }, 400, 'missing'],
    ['a table that is not there', { query: 'SELECT * FROM d.nothing', useLegacySql: false }, 404, 'd.nothing'],
  ])('are refused for %s', async (_, body, status, message) => {
    const answer = await ask(homelab, 'queries', { body });
    expect(answer.status).toBe(status);
    expect((answer.body.error as { message: string }).message).toContain(message);
  });

  it.each([
    ['what they are about', {}, 501],
    ['their text', { query: { useLegacySql: false } }, 400],
    ['their table', { load: {} }, 400],
  ])('are no jobs without %s', async (_, configuration, status) => {
    expect((await ask(homelab, 'jobs', { body: { configuration } })).status).toBe(status);
  });

  it('change no row by several others', async () => {
    const operator = clientFor(homelab);
    await operator.query('CREATE TABLE d.stock AS SELECT 1 AS k, 10 AS n UNION ALL SELECT 2, 20');
    const several = 'UNNEST([STRUCT(1 AS k, 5 AS n), STRUCT(1 AS k, 6 AS n), STRUCT(3 AS k, 7 AS n)])';
    const merge = (when: string) => `MERGE d.stock AS t USING (SELECT * FROM ${several}) AS s ON t.k = s.k ${when}`;
    for (const query of [
      `UPDATE d.stock AS t SET n = s.n FROM ${several} AS s WHERE t.k = s.k`,
      merge('WHEN MATCHED THEN UPDATE SET n = s.n'),
      merge('WHEN MATCHED AND s.n = 5 THEN DELETE WHEN MATCHED AND s.n = 6 THEN UPDATE SET n = 0'),
    ]) {
      expect(await failureOf(operator.query(query))).toMatchObject({
        message: 'UPDATE/MERGE must match at most one source row for each target row',
        errors: [{ reason: 'invalidQuery' }],
      });
    }
    await operator.query(
      merge('WHEN MATCHED AND s.n = 6 THEN UPDATE SET n = s.n WHEN NOT MATCHED THEN INSERT (k, n) VALUES (k, n)'),
    );
    await operator.query('UPDATE d.stock AS t SET n = s.n FROM UNNEST([STRUCT(2 AS k, 8 AS n)]) AS s WHERE t.k = s.k');
    const [rows] = await operator.query('SELECT k, n FROM d.stock ORDER BY k');
    expect(rows).toEqual([
      { k: 1, n: 6 },
      { k: 2, n: 8 },
      { k: 3, n: 7 },
    ]);
  });

  it.each([
    'SELECT [1, NULL] AS a',
    'SELECT STRUCT([NULL, 1] AS a) AS s',
    'SELECT ARRAY_AGG(x) AS a FROM UNNEST([1, NULL]) AS x',
  ])('give no arrays with NULL: %s', async query => {
    const failure = await failureOf(clientFor(homelab).query(query));
    expect(failure.message).toMatch(/^Array cannot have a null element; error in writing field [as]$/);
  });

  it('change data for operators, and not for readers', async () => {
    const [operator, reader] = [clientFor(homelab), clientFor(homelab, 'reader')];
    const statements: [string, object][] = [
      ['CREATE TABLE d.numbers (n INT64 NOT NULL, label STRING)', { ddlOperationPerformed: 'CREATE' }],
      ['INSERT INTO d.numbers (n, label) VALUES (1, "one"), (2, "two")', { numDmlAffectedRows: '2' }],
      ['UPDATE d.numbers SET label = "ONE" WHERE n = 1', { numDmlAffectedRows: '1' }],
      ['CREATE TABLE d.copied AS SELECT n * 2 AS twice FROM d.numbers', { ddlOperationPerformed: 'CREATE' }],
      ['DELETE FROM d.numbers WHERE n = 2', { dmlStats: { deletedRowCount: '1' } }],
      ['DROP TABLE d.numbers', { ddlOperationPerformed: 'DROP' }],
      ['DROP TABLE IF EXISTS d.numbers', { ddlOperationPerformed: 'SKIP' }],
    ];
    for (const [query, expected] of statements) {
      expect(await failureOf(reader.query(query))).toMatchObject({ code: 403, errors: [{ reason: 'accessDenied' }] });
      const [job] = await operator.createQueryJob(query);
      await job.getQueryResults();
      const [{ statistics }] = await job.getMetadata();
      expect(statistics.query).toMatchObject(expected);
    }
    expect((await operator.query('SELECT twice FROM d.copied ORDER BY 1'))[0]).toEqual([{ twice: 2 }, { twice: 4 }]);
    const destination = operator.dataset('d').table('results');
    await (await operator.createQueryJob({ query: 'SELECT 1 AS a', destination }))[0].getQueryResults();
    expect((await destination.getRows())[0]).toEqual([{ a: 1 }]);
  });
});

describe('the list of jobs', () => {
  it('shows own jobs, or those of all, by state and time, without what they ran unless asked for', async () => {
    await using other = await startEmpty();
    const [operator, reader] = [clientFor(other), clientFor(other, 'reader')];
    await operator.query('SELECT 1 AS a');
    await failureOf(operator.query('SELECT nonsense'));
    await reader.query('SELECT 2 AS a');
    const list = async (query: string) => (await ask(other, `jobs${query}`)).body.jobs as Record<string, unknown>[];
    expect(await list('')).toHaveLength(2);
    const [latest] = await list('?allUsers=true&projection=full');
    expect(latest).toMatchObject({
      user_email: 'leitstand-reader@homelab-lamp.iam.gserviceaccount.com',
      state: 'DONE',
      configuration: { jobType: 'QUERY', query: { query: 'SELECT 2 AS a' } },
    });
    const [failed] = await list('?stateFilter=done');
    expect(failed).toMatchObject({ errorResult: { reason: 'invalidQuery' }, status: { state: 'DONE' } });
    expect(failed.configuration).toBeUndefined();
    expect(await list('?stateFilter=running')).toBeUndefined();
    expect(await list(`?minCreationTime=${Date.now() + 60_000}`)).toBeUndefined();
    const reference = failed.jobReference as { jobId: string; location: string };
    expect((await ask(other, `jobs/${reference.jobId}/delete`, { method: 'DELETE' })).status).toBe(204);
    expect(await list('')).toHaveLength(1);
  });

  it('can be queried, with tables and columns', async () => {
    const client = clientFor(homelab);
    const [jobs] = await client.query(
      'SELECT user_email, SUM(total_bytes_billed) AS billed FROM `region-eu`.INFORMATION_SCHEMA.JOBS GROUP BY user_email ORDER BY 1',
    );
    expect(jobs.map(({ user_email }: { user_email: string }) => user_email)).toContain(
      'leitstand-operator@homelab-lamp.iam.gserviceaccount.com',
    );
    const [columns] = await client.query(
      'SELECT column_name, data_type FROM d.INFORMATION_SCHEMA.COLUMNS WHERE table_name = "berlin_weather" ORDER BY ordinal_position',
    );
    expect(columns).toEqual([
      { column_name: 'year', data_type: 'INT64' },
      { column_name: 'month', data_type: 'INT64' },
      { column_name: 'avg_temp_celsius', data_type: 'FLOAT64' },
    ]);
    expect(await failureOf(client.query('SELECT * FROM d.INFORMATION_SCHEMA.VIEWS'))).toMatchObject({
      code: 400,
      message: 'The homelab does not model INFORMATION_SCHEMA.VIEWS',
    });
    expect(homelab.journal.filter(entry => entry.refusal?.includes('VIEWS') === true)).toHaveLength(1);
    const [tables] = await client.query(
      'SELECT table_name FROM d.INFORMATION_SCHEMA.TABLES WHERE table_name LIKE "berlin%"',
    );
    expect(tables).toHaveLength(2);
  });
});

/** Asks until there is an answer. @throws Error when there is none within a minute */
async function until<T>(read: () => Promise<T | undefined>): Promise<T> {
  const endsAt = Date.now() + 60_000;
  for (;;) {
    const value = await read();
    if (value !== undefined) return value;
    if (Date.now() > endsAt) throw new Error(`not reached: ${read.toString()}`);
    await new Promise(resolve => setTimeout(resolve, 5));
  }
}

describe('trainings', () => {
  it('show their iterations while they go on', async () => {
    await using slow = await startEmpty({ durationsMs: { pending: 50, createModel: 600 } });
    await fill(slow);
    const client = clientFor(slow);
    const [job] = await client.createQueryJob(frost);
    const stateOf = async () => (await job.getMetadata())[0].status.state as string;
    expect(job.metadata.status).toEqual({ state: 'PENDING' });
    expect((await ask(slow, `queries/${job.id}?timeoutMs=1`)).body).toMatchObject({ jobComplete: false });
    const runs = async () => {
      const { body } = await ask(slow, 'datasets/d/models/frost');
      return (body.trainingRuns as { results: object[] }[] | undefined)?.[0].results;
    };
    const early = await until(async () => runs());
    expect(await stateOf()).toBe('RUNNING');
    const [info] = await client.query(`SELECT * FROM ML.TRAINING_INFO(MODEL \`${project}.d.frost\`)`);
    expect(info.length).toBeGreaterThanOrEqual(early.length);
    await until(async () => ((await runs())!.length > info.length ? true : undefined));
    await job.getQueryResults();
    expect(await stateOf()).toBe('DONE');
    expect(await runs()).toHaveLength(20);
    const [{ statistics }] = await job.getMetadata();
    expect(statistics.query).toMatchObject({ statementType: 'CREATE_MODEL', ddlOperationPerformed: 'CREATE' });
    expect(statistics.query.mlStatistics.iterationResults).toHaveLength(20);
  });

  it('can be cancelled, and leave no model', async () => {
    await using slow = await startEmpty({ durationsMs: { createModel: 60_000 } });
    await fill(slow);
    const client = clientFor(slow);
    const [job] = await client.createQueryJob(frost);
    await until(async () => ((await ask(slow, 'datasets/d/models/frost')).status === 200 ? true : undefined));
    const foreign: Job = clientFor(slow, 'reader').job(job.id ?? '', { location: 'EU' });
    expect(await failureOf(foreign.cancel())).toMatchObject({ code: 403 });
    await job.cancel();
    expect(await failureOf(job.getQueryResults())).toMatchObject({ code: 499, errors: [{ reason: 'stopped' }] });
    const [{ status }] = await job.getMetadata();
    expect(status).toMatchObject({ state: 'DONE', errorResult: { reason: 'stopped' } });
    expect((await ask(slow, 'datasets/d/models/frost')).status).toBe(404);
  });

  it('make models that are listed, described, used and deleted', async () => {
    const client = clientFor(homelab);
    await client.query(frost);
    const [[model]] = await client.dataset('d').getModels();
    expect(model.metadata).toMatchObject({ modelType: 'LOGISTIC_REGRESSION', modelReference: { modelId: 'frost' } });
    const [{ etag }] = await model.getMetadata();
    const patch = (headers?: Record<string, string>) =>
      ask(homelab, 'datasets/d/models/frost', { method: 'PATCH', body: { labels: { owner: 'ml' } }, headers });
    expect((await patch({ 'if-match': etag })).body).toMatchObject({ labels: { owner: 'ml' } });
    expect((await patch({ 'if-match': etag })).status).toBe(412);
    const [predicted] = await client.query({
      query: `SELECT predicted_has_frost FROM ML.PREDICT(MODEL \`${project}.d.frost\`, (SELECT @t AS avg_temp_celsius, @c AS cloud_cover_percent))`,
      params: { t: -4, c: 10 },
      types: { t: 'FLOAT64', c: 'INT64' },
    });
    expect(predicted).toEqual([{ predicted_has_frost: true }]);
    expect((await failureOf(clientFor(homelab, 'reader').dataset('d').model('frost').delete())).code).toBe(403);
    await model.delete();
    expect(await model.exists()).toEqual([false]);
  });

  it('refuse what is not modelled', async () => {
    const query = `CREATE OR REPLACE MODEL d.m OPTIONS(model_type="ARIMA_PLUS") AS SELECT 1 AS value`;
    expect(await failureOf(clientFor(homelab).query(query))).toMatchObject({
      code: 400,
      errors: [{ reason: 'invalidQuery' }],
    });
  });
});
