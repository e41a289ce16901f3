// The sequence of the guide that the homelab's weather comes from, and what the portal relies on beside it.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { targets, type WarehouseTarget } from './target';

jest.setTimeout(600_000);

const csv = `year,month,avg_temp_celsius
2023,1,2.0
2023,2,3.5
2023,3,5.8
2024,1,2.2
2024,2,3.7
2024,3,6.0
`;

interface Failure {
  code?: number;
  errors?: { reason?: string; location?: string; domain?: string }[];
}

/** Code and first reason of the error that a call fails with. */
async function failureOf(call: Promise<unknown>): Promise<{ code?: number; reason?: string }> {
  try {
    await call;
  } catch (error) {
    const { code, errors } = error as Failure;
    return { code, reason: errors?.[0]?.reason };
  }
  return {};
}

for (const { name, isConfigured, open } of targets) {
  // Where no project is configured the report says that these were skipped.
  (isConfigured ? describe : describe.skip)(`BigQuery, on ${name}`, () => {
    let target: WarehouseTarget;
    let folder: string;
    const id = (resource: string) => `\`${target.project}.${target.dataset}.${resource}\``;
    const rowsOf = async (query: string, params?: object) =>
      (await target.client.query({ query, params }))[0] as object[];

    beforeAll(async () => {
      target = await open();
      folder = await mkdtemp(join(tmpdir(), 'leitstand-contract-'));
      await target.client.createDataset(target.dataset, { location: 'EU' });
    });

    afterAll(async () => {
      await target[Symbol.asyncDispose]();
      await rm(folder, { recursive: true });
    });

    it('loads the guide’s CSV and finds out its columns', async () => {
      const file = join(folder, 'weather_data.csv');
      await writeFile(file, csv);
      const table = target.client.dataset(target.dataset).table('berlin_weather');
      await table.load(file, { sourceFormat: 'CSV', autodetect: true } as never);
      const [metadata] = await table.getMetadata();
      expect(metadata.schema.fields).toMatchObject([
        { name: 'year', type: 'INTEGER' },
        { name: 'month', type: 'INTEGER' },
        { name: 'avg_temp_celsius', type: 'FLOAT' },
      ]);
      expect(metadata).toMatchObject({ numRows: '6', numBytes: '144', location: 'EU' });
    });

    it('trains the guide’s model, whose predictions are those of least squares', async () => {
      await target.client.query(`CREATE OR REPLACE MODEL ${id('temp_prediction_model')}
      OPTIONS(model_type="linear_reg", input_label_cols=["avg_temp_celsius"])
      AS
      SELECT year, month, avg_temp_celsius
      FROM ${id('berlin_weather')}`);
      const rows = await rowsOf(`SELECT *
      FROM ML.PREDICT(MODEL ${id('temp_prediction_model')},
        (SELECT 2025 AS year, 1 AS month UNION ALL
         SELECT 2025, 2 UNION ALL
         SELECT 2025, 3))
      ORDER BY month`);
      expect(rows).toEqual(
        [2.2667, 4.1667, 6.0667].map((predicted, index) => ({
          predicted_avg_temp_celsius: expect.closeTo(predicted, 3),
          year: 2025,
          month: index + 1,
        })),
      );
    });

    it('predicts with parameters inside of the subquery, as the guide’s service does', async () => {
      const query = `
         SELECT *
         FROM ML.PREDICT(MODEL ${id('temp_prediction_model')},
           (SELECT @year AS year, @month AS month))`;
      const [row] = await rowsOf(query, { year: 2025, month: 1 });
      expect(row).toEqual({ predicted_avg_temp_celsius: expect.closeTo(2.2667, 3), year: 2025, month: 1 });
    });

    it('describes the model and says how good it is', async () => {
      const [[model]] = await target.client.dataset(target.dataset).getModels();
      const [metadata] = await model.getMetadata();
      expect(metadata).toMatchObject({
        modelReference: { projectId: target.project, datasetId: target.dataset, modelId: 'temp_prediction_model' },
        modelType: 'LINEAR_REGRESSION',
        location: 'EU',
        featureColumns: [
          { name: 'year', type: { typeKind: 'INT64' } },
          { name: 'month', type: { typeKind: 'INT64' } },
        ],
        labelColumns: [{ name: 'avg_temp_celsius', type: { typeKind: 'FLOAT64' } }],
      });
      const [run] = metadata.trainingRuns;
      expect(run.evaluationMetrics.regressionMetrics.rSquared).toBeCloseTo(0.9855, 3);
      const [quality] = await rowsOf(`SELECT * FROM ML.EVALUATE(MODEL ${id('temp_prediction_model')})`);
      expect(Object.keys(quality)).toEqual([
        'mean_absolute_error',
        'mean_squared_error',
        'mean_squared_log_error',
        'median_absolute_error',
        'r2_score',
        'explained_variance',
      ]);
      const weights = await rowsOf(
        `SELECT processed_input, weight FROM ML.WEIGHTS(MODEL ${id('temp_prediction_model')})`,
      );
      expect(weights).toEqual(
        expect.arrayContaining([
          { processed_input: 'year', weight: expect.closeTo(0.2, 3) },
          { processed_input: 'month', weight: expect.closeTo(1.9, 3) },
        ]),
      );
    });

    it('refuses the guide’s ARIMA statement, which lacks the options that such a model needs', async () => {
      const call = target.client.query(`CREATE OR REPLACE MODEL ${id('temp_arima_model')}
      OPTIONS(model_type="ARIMA_PLUS")
      AS
      SELECT avg_temp_celsius AS value, TIMESTAMP(CONCAT(year, "-", month, "-01")) AS time
      FROM ${id('berlin_weather')}`);
      expect(await failureOf(call)).toEqual({ code: 400, reason: 'invalidQuery' });
      expect(await target.client.dataset(target.dataset).model('temp_arima_model').exists()).toEqual([false]);
    });

    it('says before a query what it would read, and stops one that would cost too much', async () => {
      const query = `SELECT month FROM ${id('berlin_weather')} WHERE avg_temp_celsius > 3`;
      const [{ metadata }] = await target.client.createQueryJob({ query, dryRun: true });
      expect(metadata.statistics).toMatchObject({ totalBytesProcessed: '96', query: { statementType: 'SELECT' } });
      const capped = target.client.query({ query, maximumBytesBilled: '1000', useQueryCache: false });
      expect((await failureOf(capped)).reason).toBe('bytesBilledLimitExceeded');
    });

    it('takes parameters of all kinds as data, whatever they contain', async () => {
      const evil = `'; DROP TABLE ${id('berlin_weather')}; --`;
      const rows = await rowsOf(
        'SELECT @text AS text, @real AS real, @flag AS flag, ARRAY_LENGTH(@list) AS size, @record.a AS a',
        { text: evil, real: 1.5, flag: true, list: ['x', 'y'], record: { a: 7 } },
      );
      expect(rows).toEqual([{ text: evil, real: 1.5, flag: true, size: 2, a: 7 }]);
      const [positional] = await target.client.query({ query: 'SELECT ? + ? AS sum', params: [1, 2] });
      expect(positional).toEqual([{ sum: 3 }]);
    });

    it.each([
      ['a table that is not there', () => `SELECT * FROM ${id('nothing')}`, { code: 404, reason: 'notFound' }],
      [
        'a column that is not there',
        () => `SELECT nothing FROM ${id('berlin_weather')}`,
        { code: 400, reason: 'invalidQuery' },
      ],
      ['what is no SQL', () => 'SELEKT 1', { code: 400, reason: 'invalidQuery' }],
      [
        'a model that is there',
        () =>
          `CREATE MODEL ${id('temp_prediction_model')} OPTIONS(model_type="linear_reg", input_label_cols=["month"]) AS SELECT year, month FROM ${id('berlin_weather')}`,
        { code: 409, reason: 'duplicate' },
      ],
    ])('refuses %s', async (_, query, expected) => {
      expect(await failureOf(target.client.query(query()))).toEqual(expected);
    });

    it('takes rows one by one, and says which do not fit', async () => {
      const [table] = await target.client
        .dataset(target.dataset)
        .createTable('readings', { schema: 'station:string,celsius:float' });
      const failure = table.insert([
        { station: 'a', celsius: 1.5 },
        { station: 'b', celsius: 'warm' },
      ]);
      await expect(failure).rejects.toMatchObject({
        errors: [{ errors: [{ reason: 'invalid' }] }, { errors: [{ reason: 'stopped' }] }],
      });
    });

    it('shows its jobs to their owner, and labels and deletes a model', async () => {
      const [jobs] = await target.client.getJobs({ maxResults: 5, autoPaginate: false });
      expect(jobs.length).toBeGreaterThan(0);
      const model = target.client.dataset(target.dataset).model('temp_prediction_model');
      await model.setMetadata({ labels: { purpose: 'contract' }, description: 'Temperature by month' });
      expect((await model.getMetadata())[0]).toMatchObject({ labels: { purpose: 'contract' } });
      await model.delete();
      expect(await model.exists()).toEqual([false]);
    });
  });
}
