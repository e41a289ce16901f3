import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { BigQuery, type BigQueryOptions, type Dataset } from '@google-cloud/bigquery';
import { ask, clientFor, closeWithoutFaults, failureOf, project, startEmpty } from '../__testUtils__/warehouse';
import type { BigQueryHomelab } from '../startBigQueryHomelab';

let homelab: BigQueryHomelab;
let dataset: Dataset;
let folder: string;

beforeAll(async () => {
  homelab = await startEmpty();
  [dataset] = await clientFor(homelab).createDataset('d', { location: 'EU' });
  folder = await mkdtemp(join(tmpdir(), 'leitstand-load-'));
});

afterAll(async () => {
  await closeWithoutFaults(homelab);
  await rm(folder, { recursive: true });
});

async function fileWith(content: string): Promise<string> {
  const file = join(folder, 'file');
  await writeFile(file, content);
  return file;
}

let tableCount = 0;

/** Loads a text into a new table and returns its columns and rows. */
async function load(content: string, metadata: object) {
  const table = dataset.table(`t${tableCount++}`);
  await table.load(await fileWith(content), metadata as never);
  const [{ schema }] = await table.getMetadata();
  const columns = (schema as { fields: { name: string; type: string }[] }).fields.map(
    ({ name, type }) => `${name}:${type}`,
  );
  const [rows] = await table.getRows();
  return { columns, rows: rows.map(row => Object.values(row as object)) };
}

describe('load jobs of CSV', () => {
  it('find out names and types of columns', async () => {
    const csv =
      'year,month,avg temp,day,at,flag,text\n2023,1,2,2023-01-01,2023-01-01 00:00:00,true,a\n2023,2,3.5,2023-02-01,2023-02-01T01:00:00+01:00,false,"b, c"\n';
    expect(await load(csv, { sourceFormat: 'CSV', autodetect: true })).toEqual({
      columns: [
        'year:INTEGER',
        'month:INTEGER',
        'avg_temp:FLOAT',
        'day:DATE',
        'at:TIMESTAMP',
        'flag:BOOLEAN',
        'text:STRING',
      ],
      rows: [
        [2023, 1, 2, BigQuery.date('2023-01-01'), BigQuery.timestamp('2023-01-01T00:00:00Z'), true, 'a'],
        [2023, 2, 3.5, BigQuery.date('2023-02-01'), BigQuery.timestamp('2023-02-01T00:00:00Z'), false, 'b, c'],
      ],
    });
    expect((await load('a,b\nc,d\n', { autodetect: true })).columns).toEqual([
      'string_field_0:STRING',
      'string_field_1:STRING',
    ]);
    expect((await load('a,b\nc,d\n', { autodetect: true, skipLeadingRows: 1 })).columns).toEqual([
      'a:STRING',
      'b:STRING',
    ]);
    expect((await load('1,x\n2.5,y\n', { autodetect: true })).columns).toEqual([
      'double_field_0:FLOAT',
      'string_field_1:STRING',
    ]);
  });

  it('follow a schema, a delimiter, a marker of nulls and quotes over lines', async () => {
    const schema = {
      fields: [
        { name: 'n', type: 'NUMERIC' },
        { name: 's', type: 'STRING' },
      ],
    };
    const csv = 'n;s\r\n1.10;"two\r\nlines ""q"""\r\nNULL;\r\n3\r\n';
    const options = { schema, fieldDelimiter: ';', skipLeadingRows: 1, nullMarker: 'NULL', allowJaggedRows: true };
    const { rows } = await load(csv, options);
    expect(rows.map(([n, s]) => [n === null ? null : String(n), s])).toEqual([
      ['1.1', 'two\r\nlines "q"'],
      [null, ''],
      ['3', null],
    ]);
  });

  it.each([
    ['a value that does not fit', 'x\n', { schema: 'a:integer' }, "Could not parse 'x' as INT64 for field a"],
    ['too many values', '1,2\n', { schema: 'a:integer' }, 'Too many values in line'],
    ['too few values', '1\n', { schema: 'a:integer,b:integer' }, 'Too few values in line'],
    ['no schema', '1\n', {}, 'No schema specified on job or table.'],
    ['another format', '1\n', { sourceFormat: 'AVRO' }, 'not AVRO'],
  ])('fail for %s', async (_, content, metadata, message) => {
    const table = dataset.table(`f${tableCount++}`);
    const failure = await failureOf(table.load(await fileWith(content), { skipLeadingRows: 0, ...metadata } as never));
    expect(failure.message).toContain(message);
    expect(await table.exists()).toEqual([false]);
  });

  it('leave out as many bad lines as they may', async () => {
    const { rows } = await load('1\nx\n3\n', { schema: 'a:integer', maxBadRecords: 1 });
    expect(rows).toEqual([[1], [3]]);
  });
});

describe('load jobs', () => {
  it('read JSON lines, with nested and repeated fields', async () => {
    const lines = '{"a":1,"tags":["x"],"p":{"q":1.5}}\n{"a":2,"tags":[],"p":null,"late":"2024-01-01"}\n';
    expect(await load(lines, { sourceFormat: 'NEWLINE_DELIMITED_JSON', autodetect: true })).toEqual({
      columns: ['a:INTEGER', 'tags:STRING', 'p:RECORD', 'late:DATE'],
      rows: [
        [1, ['x'], { q: 1.5 }, null],
        [2, [], null, BigQuery.date('2024-01-01')],
      ],
    });
    const bad = dataset.table('bad').load(await fileWith('{"a":\n'), {
      sourceFormat: 'NEWLINE_DELIMITED_JSON',
      schema: 'a:integer',
    } as never);
    expect((await failureOf(bad)).message).toContain('JSON table encountered too many errors');
  });

  it('read Parquet', async () => {
    const file = join(folder, 'data.parquet');
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    await connection.run(`COPY (SELECT 1 AS a, DATE '2024-02-29' AS b, [1.5, 2.5] AS c) TO '${file}' (FORMAT parquet)`);
    connection.closeSync();
    instance.closeSync();
    const table = dataset.table('parquet');
    await table.load(file, { sourceFormat: 'PARQUET' });
    expect((await table.getRows())[0]).toEqual([{ a: 1, b: BigQuery.date('2024-02-29'), c: [1.5, 2.5] }]);
    const broken = table.load(await fileWith('nothing'), { sourceFormat: 'PARQUET' });
    expect((await failureOf(broken)).message).toContain('not a valid Parquet file');
  });

  it('add to a table, replace it or refuse to, as they are told', async () => {
    const table = dataset.table('dispositions');
    const csv = async (text: string, writeDisposition?: string) =>
      table.load(await fileWith(text), { schema: 'a:integer', writeDisposition } as never);
    await csv('1\n');
    await csv('2\n');
    expect((await table.getRows())[0]).toEqual([{ a: 1 }, { a: 2 }]);
    expect((await failureOf(csv('3\n', 'WRITE_EMPTY'))).message).toContain('Already Exists');
    await table.setMetadata({ labels: { kept: 'yes' } });
    await csv('3\n', 'WRITE_TRUNCATE');
    expect((await table.getRows())[0]).toEqual([{ a: 3 }]);
    expect((await table.getMetadata())[0].labels).toEqual({ kept: 'yes' });
  });

  it('are not for readers, and not from Cloud Storage', async () => {
    const reader = clientFor(homelab, 'reader').dataset('d').table('r');
    const denied = await failureOf(reader.load(await fileWith('1\n'), { schema: 'a:integer' } as never));
    expect(denied.message).toContain('Permission bigquery.tables.create denied');
    const cloud = { destinationTable: { projectId: project, datasetId: 'd', tableId: 'g' }, sourceUris: ['gs://b/o'] };
    const { body } = await ask(homelab, 'jobs', { body: { configuration: { load: cloud } } });
    const { jobId } = body.jobReference as { jobId: string };
    const job = clientFor(homelab).job(jobId, { location: 'EU' });
    expect((await failureOf(job.promise())).message).toContain('none from Cloud Storage');
  });

  it('come from the client in emulator mode as well', async () => {
    await using open = await startEmpty({ isTokenRequired: false });
    process.env.BIGQUERY_EMULATOR_HOST = open.url;
    try {
      const authClient = { getRequestHeaders: async () => new Headers() } as unknown as BigQueryOptions['authClient'];
      const [d] = await new BigQuery({ projectId: project, authClient }).createDataset('d');
      await d.table('t').load(await fileWith('1\n'), { schema: 'a:integer' } as never);
      expect((await d.table('t').getRows())[0]).toEqual([{ a: 1 }]);
    } finally {
      delete process.env.BIGQUERY_EMULATOR_HOST;
    }
  });

  it('take files in parts', async () => {
    const headers = { authorization: `Bearer ${homelab.tokens.operator}` };
    const destinationTable = { projectId: project, datasetId: 'd', tableId: 'parts' };
    const configuration = { destinationTable, schema: { fields: [{ name: 'a', type: 'INTEGER' }] } };
    const begun = await fetch(`${homelab.url}/upload/bigquery/v2/projects/${project}/jobs?uploadType=resumable`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ configuration: { load: configuration } }),
    });
    const location = begun.headers.get('location') ?? '';
    const send = (body: string, range: string) =>
      fetch(location, { method: 'PUT', headers: { ...headers, 'content-range': range }, body });
    const first = await send('1\n2\n', 'bytes 0-3/*');
    expect([first.status, first.headers.get('range')]).toEqual([308, 'bytes=0-3']);
    expect((await send('9\n', 'bytes 0-1/6')).status).toBe(400);
    const job = (await (await send('3\n', 'bytes 4-5/6')).json()) as { jobReference: { jobId: string } };
    await clientFor(homelab).job(job.jobReference.jobId, { location: 'EU' }).promise();
    expect((await dataset.table('parts').getRows())[0]).toEqual([{ a: 1 }, { a: 2 }, { a: 3 }]);
    expect((await send('', 'bytes */6')).status).toBe(404);
  });
});
