import { DuckDBInstance, type DuckDBConnection, type DuckDBValue } from '@duckdb/node-api';
import { compileStatements, toDuckDbValues, type QueryParameter } from '.';
import { relationOf } from '../storage/Database';
import { probes } from './__testUtils__/probes';

let instance: DuckDBInstance;
let connection: DuckDBConnection;

beforeAll(async () => {
  instance = await DuckDBInstance.create(':memory:');
  connection = await instance.connect();
  await connection.run("SET TimeZone = 'UTC'");
});

afterAll(() => {
  connection.closeSync();
  instance.closeSync();
});

function valuesByName(parameters: QueryParameter[]): Record<string, DuckDBValue> {
  const values = toDuckDbValues(parameters);
  return Array.isArray(values) ? Object.fromEntries(values.map((value, index) => [String(index + 1), value])) : values;
}

async function run(sql: string, parameters: QueryParameter[]) {
  const [statement] = compileStatements(sql, {
    defaultProject: 'lab',
    parameters,
    parameterMode: undefined,
    schemaOf: () => undefined,
  });
  if (statement.kind !== 'query') throw new Error(`no query: ${sql}`);
  const given = valuesByName(parameters);
  const used = Object.keys(given).filter(name => new RegExp(`\\$${name}\\b`).test(statement.query.duckdb));
  const values = Object.fromEntries(used.map(name => [name, given[name]]));
  const result = await connection.run(statement.query.duckdb, values);
  return (await relationOf(result)).rows;
}

async function outcome(sql: string, parameters: QueryParameter[]) {
  return run(sql, parameters).catch((error: Error) => error.message);
}

const cases = probes.map(({ page, probes: group }) => ({
  page,
  group: group.map(([sql, expected, parameters = []]) => ({
    sql,
    parameters,
    wanted: typeof expected === 'string' ? (expect.stringContaining(expected) as unknown) : expected,
  })),
}));

describe.each(cases)('as in $page', ({ group }) => {
  it.each(group)('$sql', async ({ sql, parameters, wanted }) => {
    await expect(outcome(sql, parameters)).resolves.toEqual(wanted);
  });
});

it('has enough of them', () => {
  expect(probes.flatMap(group => group.probes).length).toBeGreaterThanOrEqual(150);
});
