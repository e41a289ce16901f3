import { BigQuery, type Dataset } from '@google-cloud/bigquery';
import { ManualClock } from '../../core';
import { ask, clientFor, closeWithoutFaults, failureOf, project, startEmpty } from '../__testUtils__/warehouse';
import type { BigQueryHomelab } from '../startBigQueryHomelab';

let homelab: BigQueryHomelab;
let dataset: Dataset;

beforeAll(async () => {
  homelab = await startEmpty();
  [dataset] = await clientFor(homelab).createDataset('d');
});

afterAll(() => closeWithoutFaults(homelab));

const everyType = [
  { name: 'text', type: 'STRING' },
  { name: 'bytes', type: 'BYTES' },
  { name: 'whole', type: 'INT64', mode: 'REQUIRED' },
  { name: 'real', type: 'FLOAT64' },
  { name: 'exact', type: 'NUMERIC' },
  { name: 'wide', type: 'BIGNUMERIC' },
  { name: 'flag', type: 'BOOL' },
  { name: 'at', type: 'TIMESTAMP' },
  { name: 'day', type: 'DATE' },
  { name: 'clock', type: 'TIME' },
  { name: 'local', type: 'DATETIME' },
  { name: 'document', type: 'JSON' },
  { name: 'tags', type: 'STRING', mode: 'REPEATED' },
  {
    name: 'place',
    type: 'STRUCT',
    fields: [
      { name: 'city', type: 'STRING' },
      { name: 'sizes', type: 'INTEGER', mode: 'REPEATED' },
    ],
  },
];

describe('tables', () => {
  it('keep values of every type as they were', async () => {
    const [table] = await dataset.createTable('types', { schema: everyType, labels: { kind: 'test' } });
    const row = {
      text: 'Käse "x"',
      bytes: Buffer.from([0, 255]).toString('base64'),
      whole: '9007199254740993',
      real: -0.5,
      exact: '123456789.000000001',
      wide: '0.00000000000000000001',
      flag: true,
      at: '2026-03-01 12:30:00.000001 UTC',
      day: '1999-12-31',
      clock: '23:59:59.5',
      local: '2026-03-01T00:00:00',
      document: '{"a":[1]}',
      tags: ['one', 'two'],
      place: { city: 'Berlin', sizes: [1, 2] },
    };
    await table.insert([row, { whole: 1 }]);
    const { body } = await ask(homelab, 'datasets/d/tables/types/data?formatOptions.useInt64Timestamp=true');
    const [full, empty] = (body.rows as { f: { v: unknown }[] }[]).map(({ f }) => f.map(({ v }) => v));
    expect(full).toEqual([
      'Käse "x"',
      row.bytes,
      '9007199254740993',
      '-0.5',
      '123456789.000000001',
      '0.00000000000000000001',
      'true',
      '1772368200000001',
      '1999-12-31',
      '23:59:59.500000',
      '2026-03-01T00:00:00',
      '{"a":[1]}',
      [{ v: 'one' }, { v: 'two' }],
      { f: [{ v: 'Berlin' }, { v: [{ v: '1' }, { v: '2' }] }] },
    ]);
    expect(empty).toEqual([null, null, '1', ...Array<null>(9).fill(null), [], null]);
    const [rows] = await table.getRows({ selectedFields: 'day,at' });
    expect(rows[0]).toEqual({
      at: BigQuery.timestamp('2026-03-01T12:30:00.000001Z'),
      day: BigQuery.date('1999-12-31'),
    });
    const [metadata] = await table.getMetadata();
    expect(metadata).toMatchObject({ numRows: '2', type: 'TABLE', labels: { kind: 'test' } });
    // text 9+2 (its umlaut counts twice), bytes 2+2, seven times 8 of which the second row has one more, 16, 32, 1, …
    const logicalBytes = 11 + 4 + 8 + 8 + 16 + 32 + 1 + 8 + 8 + 8 + 8 + 9 + (5 + 5) + (8 + 8 + 8) + 8;
    expect(metadata.numBytes).toBe(String(logicalBytes));
  });

  it('are read in pages', async () => {
    const [table] = await dataset.createTable('pages', { schema: 'n:integer' });
    await table.insert(Array.from({ length: 25 }, (_, n) => ({ n })));
    const [rows] = await table.getRows();
    expect(rows).toHaveLength(25);
    const first = await ask(homelab, 'datasets/d/tables/pages/data?maxResults=10');
    expect(first.body).toMatchObject({ totalRows: '25' });
    expect(first.body.rows).toHaveLength(10);
    const last = await ask(homelab, 'datasets/d/tables/pages/data?startIndex=20&maxResults=10');
    expect(last.body.rows).toEqual(['20', '21', '22', '23', '24'].map(v => ({ f: [{ v }] })));
    expect(last.body.pageToken).toBeUndefined();
    const unknown = await ask(homelab, 'datasets/d/tables/pages/data?selectedFields=x');
    expect(unknown.status).toBe(400);
  });

  it('take rows only when all of them fit, unless bad ones may be skipped', async () => {
    const [table] = await dataset.createTable('strict', { schema: [{ name: 'n', type: 'INTEGER', mode: 'REQUIRED' }] });
    const rows = [{ n: 1 }, { n: 'x' }, {}, { n: 2, m: 3 }];
    const failure = (await failureOf(table.insert(rows))) as unknown as { errors: { errors: object[] }[] };
    expect(failure.errors.map(({ errors }) => errors[0])).toEqual([
      { reason: 'invalid', message: 'Cannot convert value to integer (bad value): x' },
      { reason: 'invalid', message: 'Missing required field: n.' },
      { reason: 'invalid', message: 'no such field: m.' },
      { reason: 'stopped', message: '' },
    ]);
    expect((await table.getRows())[0]).toEqual([]);
    await failureOf(table.insert(rows, { skipInvalidRows: true, ignoreUnknownValues: true }));
    expect((await table.getRows())[0]).toEqual([{ n: 1 }, { n: 2 }]);
  });

  it('end when their time is over', async () => {
    const clock = new ManualClock();
    await using timed = await startEmpty({ clock });
    const [short] = await clientFor(timed).createDataset('short', { defaultTableExpirationMs: '1000' });
    const [table] = await short.createTable('t', { schema: 'a:string' });
    expect(table.metadata.expirationTime).toBe(String(clock.now() + 1000));
    clock.advance(999);
    expect(await table.exists()).toEqual([true]);
    clock.advance(1);
    expect(await table.exists()).toEqual([false]);
  });

  it.each([
    ['a view', { tableReference: { tableId: 'v' }, view: { query: 'SELECT 1' } }, 501, 'notImplemented'],
    ['no columns', { tableReference: { tableId: 'v' } }, 400, 'invalid'],
    [
      'a type that is none',
      { tableReference: { tableId: 'v' }, schema: { fields: [{ name: 'a', type: 'X' }] } },
      400,
      'invalid',
    ],
    [
      'a name that differs in case alone',
      { tableReference: { tableId: 'PAGES' }, schema: { fields: [{ name: 'a', type: 'STRING' }] } },
      501,
      'notImplemented',
    ],
    [
      'a name that is there',
      { tableReference: { tableId: 'pages' }, schema: { fields: [{ name: 'a', type: 'STRING' }] } },
      409,
      'duplicate',
    ],
  ])('are not made with %s', async (_, body, status, reason) => {
    expect(await ask(homelab, 'datasets/d/tables', { body })).toMatchObject({
      status,
      body: { error: { errors: [{ reason }] } },
    });
  });

  it('are listed, described and deleted, but not by readers', async () => {
    const reader = clientFor(homelab, 'reader').dataset('d').table('pages');
    expect(await failureOf(reader.insert([{ n: 1 }]))).toMatchObject({
      code: 403,
      message: `Access Denied: Table ${project}:d.pages: Permission bigquery.tables.updateData denied on table ${project}:d.pages (or it may not exist).`,
    });
    const table = dataset.table('pages');
    await table.setMetadata({ description: 'Numbers' });
    expect((await reader.getMetadata())[0].description).toBe('Numbers');
    await table.delete();
    const [tables] = await dataset.getTables();
    expect(tables.map(({ id }) => id)).toEqual(['strict', 'types']);
  });
});
