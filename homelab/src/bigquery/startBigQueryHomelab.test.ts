import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ask, clientFor, failureOf } from './__testUtils__/warehouse';
import { startBigQueryHomelab } from './startBigQueryHomelab';

const durationsMs = { createModel: 0 };
const prediction = {
  query: `SELECT * FROM ML.PREDICT(MODEL \`homelab-lamp.weather_analysis.temp_prediction_model\`,
    (SELECT @year AS year, @month AS month))`,
  params: { year: 2025, month: 1 },
};

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leitstand-bigquery-'));
});

afterEach(() => rm(folder, { recursive: true }));

describe('the seed', () => {
  it('is the weather of Berlin with three models that are trained, and a past', async () => {
    await using homelab = await startBigQueryHomelab({ durationsMs });
    const client = clientFor(homelab, 'service');
    const [models] = await client.dataset('weather_analysis').getModels();
    expect(models.map(({ id }) => id)).toEqual(['condition_model', 'frost_model', 'temp_prediction_model']);
    const [[row]] = await client.query(prediction);
    // Least squares over the six rows, by hand: 3.8667 + 0.2 · 1.5 + 1.9 · (1 − 2).
    expect(row).toEqual({ predicted_avg_temp_celsius: expect.closeTo(2.2667, 4), year: 2025, month: 1 });
    const { body } = await ask(homelab, 'jobs?allUsers=true&maxResults=1000&projection=full');
    const jobs = body.jobs as {
      user_email: string;
      errorResult?: object;
      statistics: { query: { totalBytesBilled: string } };
    }[];
    expect(new Set(jobs.map(job => job.user_email)).size).toBeGreaterThan(3);
    expect(jobs.filter(job => job.errorResult).length).toBeGreaterThan(10);
    expect(jobs.length).toBeGreaterThan(60);
    expect(homelab.journal.filter(entry => entry.error !== undefined)).toEqual([]);
  });
});

describe('a warehouse with a folder', () => {
  it('goes on after a restart with its data, models and jobs', async () => {
    const tokens = { operator: 'operator', reader: 'reader' };
    const first = await startBigQueryHomelab({ stateDir: folder, tokens, durationsMs });
    const client = clientFor(first);
    await client.createDataset('kept', { labels: { a: 'b' } });
    await client.dataset('kept').createTable('t', { schema: 'n:integer' });
    await client
      .dataset('kept')
      .table('t')
      .insert([{ n: 1 }]);
    const [job] = await client.createQueryJob('SELECT 1 AS one');
    await job.getQueryResults();
    await first.close();
    expect(first.openSocketCount).toBe(0);

    await using second = await startBigQueryHomelab({ stateDir: folder, tokens, durationsMs });
    const again = clientFor(second);
    expect((await again.dataset('kept').table('t').getRows())[0]).toEqual([{ n: 1 }]);
    expect((await again.dataset('kept').getMetadata())[0].labels).toEqual({ a: 'b' });
    expect((await again.query(prediction))[0]).toHaveLength(1);
    expect((await again.job(job.id ?? '').getMetadata())[0].status).toEqual({ state: 'DONE' });
    expect((await failureOf(again.job(job.id ?? '').getQueryResults())).message).toContain('Not found: Table');
  });

  it('fails the jobs that its end has stopped', async () => {
    const first = await startBigQueryHomelab({ stateDir: folder, durationsMs: { createModel: 60_000 } });
    const query =
      'CREATE OR REPLACE MODEL `homelab-lamp.weather_analysis.late` OPTIONS(model_type="linear_reg", input_label_cols=["avg_temp_celsius"]) AS SELECT month, avg_temp_celsius FROM `homelab-lamp.weather_analysis.berlin_weather`';
    const [job] = await clientFor(first).createQueryJob(query);
    await first.close();
    await using second = await startBigQueryHomelab({ stateDir: folder, durationsMs });
    const [{ status }] = await clientFor(second)
      .job(job.id ?? '')
      .getMetadata();
    expect(status).toMatchObject({ state: 'DONE', errorResult: { reason: 'stopped' } });
  });

  it('does not start on a file that is none, and leaves nothing behind', async () => {
    await writeFile(
      join(folder, 'warehouse.duckdb'),
      'something else entirely, long enough to be read as a header'.repeat(100),
    );
    const { TMPDIR: before } = process.env;
    process.env.TMPDIR = folder;
    try {
      await expect(startBigQueryHomelab({ stateDir: folder })).rejects.toThrow(/is no saved homelab warehouse/);
    } finally {
      if (before === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = before;
    }
    expect(await readdir(folder)).toEqual(['warehouse.duckdb']);
  });
});
