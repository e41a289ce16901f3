import { TestDatabases } from '@backstage/backend-test-utils';
import { runSchema, type Run } from '@leitstand/plugin-operations-common';
import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { parse } from 'csv-parse/sync';
import { codeOf, people, runUntil, startDoor, switchHall } from '../__testUtils__/startDoor';
import { exportFormats } from './exportRuns';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

/** Runs one change for each reason, in order. */
async function record(door: Awaited<ReturnType<typeof startDoor>>, reasons: readonly string[]): Promise<string[]> {
  const client = door.client(people.owner);
  const ids: string[] = [];
  for (const [index, reason] of reasons.entries()) {
    const plan = await client.plan({ ...switchHall, input: { state: index % 2 === 0 ? 'on' : 'off' } });
    const { id } = await client.run({ planId: plan.id, reason, idempotencyKey: randomUUID() });
    await runUntil(client, id);
    ids.push(id);
  }
  return ids;
}

describe.each(databases.eachSupportedId())('the export on %s', databaseId => {
  it(`hands out what fits, oldest first, as a table and as lines of JSON on ${databaseId}`, async () => {
    await using door = await startDoor(await databases.init(databaseId));
    const reasons = ['=1+1', 'He said "so",\nand left', 'plain'];
    const ids = await record(door, reasons);
    const viewer = door.client(people.viewer);

    const csv = await viewer.exportRuns({ format: 'csv' });
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present');
    expect(csv.headers.get('content-disposition')).toBe('attachment; filename="activity.csv"');
    const bytes = Buffer.from(await csv.arrayBuffer());
    expect(bytes.subarray(0, 3).toString('hex')).toBe('efbbbf');
    const table = parse(bytes, { columns: true, bom: true, record_delimiter: '\r\n' }) as Array<Record<string, string>>;
    expect(table.map(({ id, reason }) => [id, reason])).toEqual([
      [ids[0], "'=1+1"],
      [ids[1], reasons[1]],
      [ids[2], 'plain'],
    ]);
    expect(table[0]).toMatchObject({
      ...{ state: 'succeeded', requester: people.owner, environment: 'production', cluster: 'house' },
      ...{ changes: 'state: off → on', error: '', face: 'portal' },
    });

    const lines = (await (await viewer.exportRuns({ format: 'jsonl' })).text()).trimEnd().split('\n');
    const runs = lines.map(line => runSchema.parse(JSON.parse(line)));
    expect(runs.map(({ id, reason }) => [id, reason])).toEqual(ids.map((id, index) => [id, reasons[index]]));
    expect(await viewer.getRun(ids[1])).toEqual(runs[1]);
  });

  it(`filters as the list does on ${databaseId}`, async () => {
    const knex = await databases.init(databaseId);
    await using door = await startDoor(knex);
    const [first, second, third] = await record(door, ['a', 'b', 'c']);
    await knex('runs').where({ id: first }).update({ created_at: '2026-01-01T00:00:00.000Z', environment: 'staging' });
    await knex('runs').where({ id: third }).update({ operation: 'lamps-install', requester: people.admin });
    const viewer = door.client(people.viewer);
    const cases = [
      { filter: {}, ids: [first, second, third] },
      { filter: { environment: 'production' }, ids: [second, third] },
      { filter: { operation: 'lamps-switch' }, ids: [first, second] },
      { filter: { requester: people.owner, from: '2026-01-01T01:00:00+01:00' }, ids: [first, second] },
      { filter: { from: '2026-01-01T00:00:00.001Z' }, ids: [second, third] },
      { filter: { to: '2026-01-01T00:00:00Z' }, ids: [] },
      { filter: { entityRef: switchHall.entityRef, state: 'succeeded' as const }, ids: [first, second, third] },
      { filter: { state: 'held' as const }, ids: [] },
    ];
    for (const { filter, ids } of cases) {
      const { items } = await viewer.listRuns(filter);
      expect({ filter, ids: items.map(({ id }) => id).reverse() }).toEqual({ filter, ids });
      const exported = await (await viewer.exportRuns({ ...filter, format: 'jsonl' })).text();
      expect(exported.match(/"id":"[^"]+","planId"/g) ?? []).toHaveLength(ids.length);
    }
  });
});

it.each(['=1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1'])('a spreadsheet takes %j for text', async reason => {
  const run = {
    ...{
      id: '',
      planId: '',
      operation: 'x',
      title: '',
      summary: 'Größer',
      entityRef: '',
      requester: '',
      face: 'portal',
    },
    ...{ target: { system: 'lamps', kind: 'Lamp', name: 'hall-1' }, changes: [], steps: [], heldBy: [], reason },
    ...{ state: 'failed', undo: { isPossible: false, note: '' }, createdAt: '2026-03-01T08:00:00.000Z' },
  } satisfies Run;
  const pieces = exportFormats.csv.write(Readable.from([[run]], { objectMode: true }) as AsyncIterable<Run[]>);
  const text = (await Readable.from(pieces).toArray()).join('');
  const [row] = parse(text, { columns: true, bom: true, record_delimiter: '\r\n' }) as Array<Record<string, string>>;
  expect(row).toMatchObject({ reason: `'${reason}`, summary: 'Größer', created_at: '2026-03-01T08:00:00.000Z' });
});

it('reads an export page by page, and is for those who may read', async () => {
  const knex = await databases.init('SQLITE_3');
  await using door = await startDoor(knex);
  const [id] = await record(door, ['x']);
  const run = await knex('runs').where({ id }).first();
  const plan = await knex('plans').where({ id: run.plan_id }).first();
  const count = 450;
  for (let index = 1; index < count; index++) {
    const [planId, key] = [randomUUID(), randomUUID()];
    await knex('plans').insert({ ...plan, id: planId });
    await knex('runs').insert({ ...run, id: key, plan_id: planId, idempotency_key: key });
  }
  const text = await (await door.client(people.viewer).exportRuns({ format: 'jsonl' })).text();
  const lines = text.trimEnd().split('\n');
  expect(new Set(lines).size).toBe(count);
  const stranger = door.client(people.stranger);
  expect(await codeOf(stranger.exportRuns({ format: 'csv' }))).toMatch(/403/);
  expect(await codeOf(stranger.listFreezes())).toMatch(/403/);
  expect(await codeOf(stranger.listApprovals())).toMatch(/403/);
  expect(await codeOf(stranger.getRunPermissions(id))).toMatch(/403/);
});
