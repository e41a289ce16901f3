import { DuckDBInstance, type DuckDBConnection, type DuckDBValue } from '@duckdb/node-api';
import { compileStatements, toDuckDbValues, type QueryParameter } from '..';
import { relationOf } from '../../storage/Database';
import { probes } from '.';

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

describe.each(probes)('as in $page', ({ probes: group }) => {
  it.each(group.map(([sql, expected, parameters = []]) => ({ sql, expected, parameters })))(
    '$sql',
    async ({ sql, expected, parameters }) => {
      if (typeof expected === 'string') await expect(run(sql, parameters)).rejects.toThrow(expected);
      else await expect(run(sql, parameters)).resolves.toEqual(expected);
    },
  );
});

it('has enough of them', () => {
  expect(probes.flatMap(group => group.probes).length).toBeGreaterThanOrEqual(150);
});
