import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { BigQueryError, type CompiledStatement, type Field, type ResourceName } from '../model';
import { relationOf } from '../storage/Database';
import {
  compileStatements,
  duckDbName,
  informationSchemaName,
  toDuckDbValues,
  type CompileContext,
  type QueryParameter,
} from '.';
import { probes } from './__testUtils__/probes';
import { tokenize } from './parse/tokens';

const weather: Field[] = [
  { name: 'year', type: 'INTEGER', mode: 'REQUIRED' },
  { name: 'month', type: 'INTEGER', mode: 'NULLABLE' },
  { name: 'avg_temp_celsius', type: 'FLOAT', mode: 'NULLABLE' },
];

const table: ResourceName = { project: 'homelab-lamp', dataset: 'weather_analysis', name: 'berlin_weather' };
const model: ResourceName = { ...table, name: 'temp_prediction_model' };

function contextOf(parameters: QueryParameter[] = []): CompileContext {
  return {
    defaultProject: 'homelab-lamp',
    parameters,
    parameterMode: parameters.length > 0 ? 'NAMED' : undefined,
    schemaOf: ({ project, dataset, name }) =>
      `${project}.${dataset}.${name}` === 'homelab-lamp.weather_analysis.berlin_weather' ? weather : undefined,
    modelExists: ({ name }) => name === model.name,
  };
}

function compile(sql: string, parameters?: QueryParameter[]): CompiledStatement {
  return compileStatements(sql, contextOf(parameters))[0];
}

function int64(name: string, value: string): QueryParameter {
  return { name, parameterType: { type: 'INT64' }, parameterValue: { value } };
}

function queryOf(sql: string, parameters?: QueryParameter[]) {
  const statement = compile(sql, parameters);
  if (statement.kind !== 'query') throw new Error(`not a query: ${statement.kind}`);
  return statement.query;
}

let instance: DuckDBInstance;
let connection: DuckDBConnection;

beforeEach(async () => {
  instance = await DuckDBInstance.create(':memory:');
  connection = await instance.connect();
  await connection.run("SET TimeZone = 'UTC'");
  await connection.run('CREATE SCHEMA "homelab-lamp__weather_analysis"');
  await connection.run(`CREATE TABLE ${duckDbName(table)} (year BIGINT, month BIGINT, avg_temp_celsius DOUBLE)`);
  await connection.run(`INSERT INTO ${duckDbName(table)} VALUES (2023, 1, 2.1), (2023, 2, 4.0), (2024, 1, 2.5)`);
});

afterEach(() => {
  connection.closeSync();
  instance.closeSync();
});

async function rows(sql: string, values: ReturnType<typeof toDuckDbValues> = {}) {
  return (await relationOf(await connection.run(sql, values))).rows;
}

const predict =
  'SELECT * FROM ML.PREDICT(MODEL `homelab-lamp.weather_analysis.temp_prediction_model`, (SELECT @year AS year, @month AS month))';

describe('calls of ML functions', () => {
  it("compiles the seed's prediction with its parameters to a call whose input runs", async () => {
    const parameters = [int64('year', '2025'), int64('month', '1')];
    const query = queryOf(predict, parameters);
    expect(query).toEqual({
      duckdb: 'SELECT "ml_1".* FROM "ml_1" AS "ml_1"',
      tables: [],
      mlCalls: [
        {
          placeholder: 'ml_1',
          function: 'PREDICT',
          model,
          input: {
            duckdb: 'SELECT CAST($year AS BIGINT) AS "year", CAST($month AS BIGINT) AS "month"',
            tables: [],
            mlCalls: [],
          },
          settings: {},
        },
      ],
    });
    await expect(rows(query.mlCalls[0].input?.duckdb ?? '', toDuckDbValues(parameters))).resolves.toEqual([
      [2025n, 1n],
    ]);
    await connection.run('CREATE TEMP TABLE ml_1 AS SELECT 2.27 AS predicted_avg_temp_celsius, 2025 AS year');
    await expect(rows(query.duckdb)).resolves.toEqual([[2.27, 2025n]]);
  });

  it('says which parameter is missing, and where', () => {
    expect(() => compile(predict, [int64('month', '1')])).toThrow(
      `Query parameter 'year' not found at [1:${predict.indexOf('@year') + 1}]`,
    );
  });

  it('reads tables, settings with parameters, several calls, and queries around them', () => {
    const query = queryOf(
      'WITH old AS (SELECT * FROM weather_analysis.berlin_weather WHERE year < @year) ' +
        'SELECT p.predicted_avg_temp_celsius AS x, e.r2_score ' +
        'FROM ML.PREDICT(MODEL weather_analysis.temp_prediction_model, (SELECT * FROM old)) AS p ' +
        'CROSS JOIN ML.EVALUATE(MODEL weather_analysis.temp_prediction_model, TABLE weather_analysis.berlin_weather, ' +
        'STRUCT(@limit AS threshold, TRUE AS Aggregate, ["a"] AS list)) AS e WHERE p.month = 1 ORDER BY x',
      [int64('year', '2024'), int64('limit', '3')],
    );
    const [first, second] = query.mlCalls;
    expect(first.input).toMatchObject({
      tables: [],
      duckdb: expect.stringMatching(/^WITH "old" AS .* SELECT .* FROM "old"/),
    });
    expect(second).toMatchObject({
      function: 'EVALUATE',
      input: { tables: [table] },
      settings: { threshold: 3, aggregate: true, list: ['a'] },
    });
    expect(query.duckdb).toContain('"p"."predicted_avg_temp_celsius" AS "x", "e"."r2_score" AS "r2_score"');
    expect(query.tables).toEqual([table]);
  });

  it('refuses models that there are not, and columns that cannot be told apart', () => {
    expect(() => compile('SELECT * FROM ML.WEIGHTS(MODEL weather_analysis.other)')).toThrow(
      new BigQueryError('Not found: Model homelab-lamp:weather_analysis.other', { status: 404, reason: 'notFound' }),
    );
    const twice = 'ML.WEIGHTS(MODEL weather_analysis.temp_prediction_model)';
    expect(() => compile(`SELECT weight FROM ${twice} AS a, ${twice} AS b`)).toThrow(
      'Column name weight is ambiguous at [1:8]',
    );
  });
});

describe('statements', () => {
  it("compiles the seed's CREATE MODEL, its ARIMA model too, which others refuse", () => {
    expect(
      compile(
        'CREATE OR REPLACE MODEL `homelab-lamp.weather_analysis.temp_prediction_model`\n' +
          'OPTIONS(model_type="linear_reg", input_label_cols=["avg_temp_celsius"], l2_reg=0.5)\nAS\n' +
          'SELECT year, month, avg_temp_celsius FROM `homelab-lamp.weather_analysis.berlin_weather`',
      ),
    ).toMatchObject({
      kind: 'create-model',
      model,
      mode: 'replace',
      options: { model_type: 'linear_reg', input_label_cols: ['avg_temp_celsius'], l2_reg: 0.5 },
      query: { tables: [table] },
    });
    expect(
      compile(
        'CREATE OR REPLACE MODEL `homelab-lamp.weather_analysis.temp_arima_model` OPTIONS(model_type="ARIMA_PLUS") AS ' +
          'SELECT avg_temp_celsius AS value, TIMESTAMP(CONCAT(year, "-", month, "-01")) AS time ' +
          'FROM `homelab-lamp.weather_analysis.berlin_weather`',
      ),
    ).toMatchObject({ kind: 'create-model', options: { model_type: 'ARIMA_PLUS' } });
  });

  it.each<[string, object]>([
    ['DROP MODEL IF EXISTS weather_analysis.m', { kind: 'drop-model', model: { ...model, name: 'm' }, ifExists: true }],
    ['DROP TABLE `weather_analysis`.t', { kind: 'drop-table', table: { ...table, name: 't' }, ifExists: false }],
    [
      'CREATE SCHEMA IF NOT EXISTS other-project.d',
      { kind: 'create-schema', dataset: { project: 'other-project', dataset: 'd' }, ifNotExists: true },
    ],
    [
      'DROP SCHEMA d CASCADE',
      { kind: 'drop-schema', dataset: { project: 'homelab-lamp', dataset: 'd' }, cascade: true },
    ],
    [
      'CREATE TABLE IF NOT EXISTS weather_analysis.t (id INT64 NOT NULL OPTIONS(description = "key"), xs ARRAY<STRUCT<a STRING, b ARRAY<FLOAT64>>>) OPTIONS(description = "new")',
      {
        kind: 'create-table',
        statementType: 'CREATE_TABLE',
        mode: 'if-not-exists',
        fields: [
          { name: 'id', type: 'INTEGER', mode: 'REQUIRED', description: 'key' },
          {
            name: 'xs',
            type: 'RECORD',
            mode: 'REPEATED',
            fields: [
              { name: 'a', type: 'STRING', mode: 'NULLABLE' },
              { name: 'b', type: 'FLOAT', mode: 'REPEATED' },
            ],
          },
        ],
        options: { description: 'new' },
      },
    ],
    [
      'CREATE OR REPLACE TABLE weather_analysis.t AS SELECT 1 AS x',
      { statementType: 'CREATE_TABLE_AS_SELECT', mode: 'replace' },
    ],
  ])('compiles %s', (sql, expected) => {
    expect(compile(sql)).toMatchObject(expected);
  });

  it('compiles one after the other', () => {
    expect(compileStatements('SELECT 1; ; SELECT 2;', contextOf())).toHaveLength(2);
  });

  it.each([
    ['INSERT INTO weather_analysis.berlin_weather (year, month) VALUES (2025, 1), (2025, 2)', 2n, 5n],
    ['INSERT weather_analysis.berlin_weather SELECT year + 1, month, 1 FROM weather_analysis.berlin_weather', 3n, 6n],
    [
      'UPDATE weather_analysis.berlin_weather AS t SET avg_temp_celsius = t.avg_temp_celsius + 1, month = NULL WHERE year = 2023',
      2n,
      3n,
    ],
    [
      'UPDATE weather_analysis.berlin_weather SET month = s.m FROM (SELECT 2024 AS y, 7 AS m) AS s WHERE year = s.y',
      1n,
      3n,
    ],
    ['DELETE FROM weather_analysis.berlin_weather WHERE year IN (SELECT 2023)', 2n, 1n],
    ['DELETE weather_analysis.berlin_weather WHERE TRUE', 3n, 0n],
    [
      'MERGE weather_analysis.berlin_weather AS t USING (SELECT 2024 AS y UNION ALL SELECT 2030) AS s ON t.year = s.y ' +
        'WHEN MATCHED THEN UPDATE SET avg_temp_celsius = 9 WHEN NOT MATCHED THEN INSERT (year) VALUES (s.y) ' +
        'WHEN NOT MATCHED BY SOURCE AND t.month = 2 THEN DELETE',
      3n,
      3n,
    ],
  ])('changes rows by %s', async (sql, changed, left) => {
    const statement = compile(sql);
    if (statement.kind !== 'dml') throw new Error(statement.kind);
    await expect(rows(statement.query.duckdb)).resolves.toEqual([[changed]]);
    await expect(rows(`SELECT count(*) FROM ${duckDbName(table)}`)).resolves.toEqual([[left]]);
  });

  it.each([
    [
      'INSERT INTO weather_analysis.berlin_weather (year) VALUES ("a")',
      'Value of type STRING cannot be assigned to year, which has type INT64',
    ],
    [
      'INSERT INTO weather_analysis.berlin_weather (year) VALUES (1, 2)',
      'Inserted row has wrong column count; Has 2, expected 1',
    ],
    ['UPDATE weather_analysis.berlin_weather SET nothing = 1 WHERE TRUE', 'Column nothing is not present in table'],
    ['SELECT * FROM `other.weather_analysis.berlin_weather`', 'Not found: Table other:weather_analysis.berlin_weather'],
    ['SELECT humidity FROM weather_analysis.berlin_weather', 'Unrecognized name: humidity at [1:8]'],
    [
      'SELECT year, Year FROM weather_analysis.berlin_weather',
      'Duplicate column names in the result are not supported. Found duplicate(s): Year',
    ],
    ['', 'Unexpected end of statement at [1:1]'],
  ])('refuses %s', (sql, message) => {
    expect(() => compile(sql)).toThrow(message);
  });
});

it.each([
  ['SELECT * FROM weather_analysis.INFORMATION_SCHEMA.TABLES', { dataset: 'weather_analysis', view: 'TABLES' }],
  [
    'SELECT column_name FROM `homelab-lamp`.weather_analysis.INFORMATION_SCHEMA.COLUMNS',
    { dataset: 'weather_analysis', view: 'COLUMNS' },
  ],
  ['SELECT schema_name FROM INFORMATION_SCHEMA.SCHEMATA', { view: 'SCHEMATA' }],
  ['SELECT job_id FROM `region-eu`.INFORMATION_SCHEMA.JOBS WHERE state = "DONE"', { view: 'JOBS' }],
  ['SELECT job_id FROM `homelab-lamp`.`region-eu`.INFORMATION_SCHEMA.JOBS_BY_PROJECT', { view: 'JOBS_BY_PROJECT' }],
  ['SELECT job_id FROM `homelab-lamp.region-eu.INFORMATION_SCHEMA.JOBS`', { view: 'JOBS' }],
])('%s reads a view', (sql, view) => {
  expect(queryOf(sql).duckdb).toContain(` FROM ${informationSchemaName({ project: 'homelab-lamp', ...view })} AS `);
});

it('keeps positions and names of parameters apart', () => {
  const context = { ...contextOf([int64('a', '1')]), parameterMode: 'POSITIONAL' as const };
  expect(() => compileStatements('SELECT @a', context)).toThrow('Named parameters are not supported');
  expect(() => compile('SELECT ?', [int64('a', '1')])).toThrow('Positional parameters are not supported');
});

it('never reaches DuckDB with text of the statement that is not quoted', () => {
  const { duckdb } = queryOf(`SELECT 'it\\'s; DROP TABLE x' AS \`a"b\``);
  expect(duckdb).toBe(`SELECT 'it''s; DROP TABLE x' AS "a""b"`);
});

it('answers each statement that is cut off with an error of BigQuery, or compiles it', () => {
  for (const { probes: group } of probes) {
    for (const [sql, expected, parameters = []] of group) {
      if (typeof expected === 'string') continue;
      for (const { start } of tokenize(sql)) {
        for (const text of [sql.slice(0, start), sql.slice(start), `${sql.slice(0, start)} ) ${sql.slice(start)}`]) {
          try {
            compileStatements(text, { ...contextOf(parameters), parameterMode: undefined });
          } catch (error) {
            if (!(error instanceof BigQueryError)) throw new Error(`${text}: ${error}`, { cause: error });
          }
        }
      }
    }
  }
});
