import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import type { SafeErrorDescription } from '@leitstand/plugin-kit-node';
import type { Approval, Plan } from '@leitstand/plugin-operations-common';
import type { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { migrationsDirectory } from '../database/migrate';
import { PlanStore } from '../database/PlanStore';
import { rowOfNewRun, RunStore } from '../database/RunStore';
import { canonicalJson } from './canonicalJson';
import { LedgerRetention } from './LedgerRetention';
import { LedgerStore } from './LedgerStore';
import { verifyLedger } from './verifyLedger';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

function planOf(id: string, now: Date): Plan {
  const at = now.toISOString();
  return {
    ...{ id, operation: 'lamps-switch', title: 'Switch lamp', summary: 'Switch hall-1 on', input: {} },
    entityRef: 'component:default/hall',
    target: { system: 'lamps', kind: 'Lamp', name: 'hall-1' },
    changes: [{ label: 'state', before: 'off', after: 'on' }],
    ...{ documents: [], warnings: [], freezes: [], mayBreakGlass: false, state: 'used' },
    undo: { isPossible: false, note: 'No' },
    requirements: { reason: false, confirmation: false },
    ...{ requester: 'user:default/olga', createdAt: at, expiresAt: at },
  };
}

const rejection: Approval = {
  ...{ kind: 'approval', state: 'rejected', approvers: ['group:default/admins'] },
  ...{ expiresAt: '2099-01-01T00:00:00.000Z', decidedBy: 'user:default/adam', comment: 'Not today' },
};

/** Records a run as the door does, and its end. */
async function record(knex: Knex, options: { reason?: string; error?: SafeErrorDescription } = {}): Promise<string> {
  const [plans, runs, ledger] = [new PlanStore(knex), new RunStore(knex), new LedgerStore(knex)];
  const plan = planOf(randomUUID(), new Date());
  await plans.insert({ plan, confirmedOwners: [], basis: {} });
  const id = randomUUID();
  const { operation, entityRef, summary, target, changes, requester } = plan;
  const run = { id, plan, face: 'portal', reason: options.reason, idempotencyKey: id, state: 'queued' } as const;
  const what = { planId: plan.id, operation, entityRef, summary, target, changes, requester, face: 'portal' };
  await ledger.commit({
    first: { table: 'runs', insert: { ...rowOfNewRun(run) } },
    entries: [{ runId: id, event: 'requested', document: { ...what, reason: options.reason } }],
  });
  const { error } = options;
  const { kind, decidedBy: by, comment } = rejection;
  await runs.transaction(async transaction => {
    const change = error ? { state: 'failed' as const, error } : { state: 'rejected' as const, approval: rejection };
    await runs.moveFrom(id, { from: ['queued'], change }, transaction);
    const entry = error
      ? { event: 'finished' as const, document: { state: 'failed', error } }
      : { event: 'rejected' as const, document: { by, kind, comment } };
    await ledger.append(transaction, { runId: id, ...entry });
  });
  return id;
}

it('has one text for one value', () => {
  expect(canonicalJson({ b: [{ d: 1, c: 'ä' }], a: undefined, B: null })).toBe('{"B":null,"b":[{"c":"ä","d":1}]}');
});

describe.each(databases.eachSupportedId())('the ledger on %s', databaseId => {
  async function start() {
    const knex = await databases.init(databaseId);
    await knex.migrate.latest({ directory: migrationsDirectory });
    return knex;
  }

  it(`is intact when nobody touched it, whoever wrote at the same time on ${databaseId}`, async () => {
    const knex = await start();
    expect(await verifyLedger(knex)).toEqual({
      head: { position: 0, hash: '0'.repeat(64), firstPosition: 1, anchorHash: '0'.repeat(64) },
      entryCount: 0,
    });
    const reasons = ['It is dark', undefined, 'Half a \uD83D and "so"\n'];
    await Promise.all(reasons.map(reason => record(knex, { reason })));
    const { head, entryCount, problem } = await verifyLedger(knex);
    expect({ position: head.position, entryCount, problem }).toEqual({
      position: 6,
      entryCount: 6,
      problem: undefined,
    });
  });

  it.each([
    {
      name: 'an entry that was changed',
      change: (knex: Knex) => knex('ledger_entries').where({ position: 3 }).update({ document: '{"by":"nobody"}' }),
      problem: { position: 3, message: 'the entry was changed' },
    },
    {
      name: 'an entry that was taken out',
      change: (knex: Knex) => knex('ledger_entries').where({ position: 3 }).delete(),
      problem: { position: 3, message: 'the entry is missing' },
    },
    {
      name: 'an entry of which the hash was made to fit',
      change: (knex: Knex) =>
        knex('ledger_entries')
          .where({ position: 3 })
          .update({ hash: 'f'.repeat(64) }),
      problem: { position: 3, message: 'the entry was changed' },
    },
    {
      name: 'an end that was cut off',
      change: (knex: Knex) => knex('ledger_entries').where('position', '>', 4).delete(),
      problem: { position: 4, message: 'the chain ends here, but its head says that it ends at 6' },
    },
    {
      name: 'a beginning that was cut off',
      change: (knex: Knex) => knex('ledger_entries').where('position', '<', 3).delete(),
      problem: { position: 1, message: 'the entry is missing' },
    },
    {
      name: 'a run that says something else',
      change: (knex: Knex) => knex('runs').update({ requester: 'user:default/nobody' }),
      problem: { position: 1, message: expect.stringMatching(/says something else of its requester/) },
    },
    {
      name: 'a run that ended otherwise',
      change: (knex: Knex) => knex('runs').update({ state: 'succeeded' }),
      problem: { position: 2, message: expect.stringMatching(/something else of its state/) },
    },
    {
      name: 'a decision that was put down to somebody else',
      change: (knex: Knex) =>
        knex('runs').update({ approval: JSON.stringify({ ...rejection, decidedBy: 'user:default/nobody' }) }),
      problem: { position: 2, message: expect.stringMatching(/something else of its by/) },
    },
    {
      name: 'a run that nobody asked for',
      change: async (knex: Knex) => {
        const [run] = await knex('runs').limit(1);
        const [of] = await knex('plans').where({ id: run.plan_id });
        const [id, planId] = [randomUUID(), randomUUID()];
        await knex('plans').insert({ ...of, id: planId });
        await knex('runs').insert({ ...run, id, plan_id: planId, idempotency_key: id, created_at: '2999-01-01' });
      },
      problem: { position: 6, message: expect.stringMatching(/is there, but nobody asked for it/) },
    },
    {
      name: 'a run that was let pass',
      change: (knex: Knex) =>
        knex('runs').update({ break_glass: '{"by":"user:default/olga"}', created_at: '2999-01-01' }),
      problem: { position: 6, message: expect.stringMatching(/no entry says who let it/) },
    },
    {
      name: 'a beginning that was cut off cleanly',
      change: async (knex: Knex) => {
        const { hash } = await knex('ledger_entries').where({ position: 2 }).first();
        await knex('ledger_entries').where('position', '<', 3).delete();
        await knex('ledger_head').update({ first_position: 3, anchor_hash: hash });
      },
      problem: { position: 6, message: 'the chain begins at 3, but no entry says that others were removed' },
    },
    {
      name: 'a run that was removed',
      change: (knex: Knex) => knex('runs').delete(),
      problem: { position: 1, message: expect.stringMatching(/was removed/) },
    },
  ])(`finds $name on ${databaseId}`, async ({ change, problem }) => {
    const knex = await start();
    for (let index = 0; index < 3; index++) await record(knex);
    await change(knex);
    expect(await verifyLedger(knex)).toMatchObject({ problem });
  });

  it(`finds a run that is said to have failed for another reason on ${databaseId}`, async () => {
    const knex = await start();
    const error = { name: 'ConflictError', code: 'PLAN_STALE', message: 'The lamp has changed' };
    await record(knex, { error });
    expect((await verifyLedger(knex)).problem).toBeUndefined();
    await knex('runs').update({ error: JSON.stringify({ ...error, message: 'The lamp was stolen' }) });
    expect((await verifyLedger(knex)).problem).toMatchObject({
      message: expect.stringMatching(/something else of its error/),
    });
  });

  it(`finds a chain that was made anew, where an end was kept elsewhere on ${databaseId}`, async () => {
    const knex = await start();
    await record(knex);
    const { head: known } = await verifyLedger(knex);
    await record(knex);
    expect(await verifyLedger(knex, known)).toEqual(await verifyLedger(knex));
    const untouched = { position: 0, hash: '0'.repeat(64), first_position: 1, anchor_hash: '0'.repeat(64) };
    for (const table of ['ledger_entries', 'runs']) await knex(table).delete();
    await knex('ledger_head').update(untouched);
    const cut = { position: 0, message: 'the chain ends here, but it once went to 2' };
    expect((await verifyLedger(knex)).problem).toBeUndefined();
    expect((await verifyLedger(knex, known)).problem).toEqual(cut);
    await record(knex, { reason: 'Something else' });
    expect((await verifyLedger(knex)).problem).toBeUndefined();
    const replaced = { position: 2, message: 'there was another entry before' };
    expect((await verifyLedger(knex, known)).problem).toEqual(replaced);
  });

  it(`removes what is old, says so, and can be verified still on ${databaseId}`, async () => {
    const knex = await start();
    const old = await record(knex);
    await setTimeout(5);
    const between = new Date();
    const kept = await record(knex);
    const logger = mockServices.logger.mock();
    const parts = { database: knex, ledger: new LedgerStore(knex), plans: new PlanStore(knex), logger };
    const tomorrow = new Date(between.getTime() + 24 * 3_600_000);
    const withoutRetention = new LedgerRetention({ ...parts, retentionDays: undefined });
    expect(await withoutRetention.clean(tomorrow)).toEqual({ runCount: 0, planCount: 0 });
    const retention = new LedgerRetention({ ...parts, retentionDays: 1 });
    expect(await retention.clean(tomorrow)).toEqual({ runCount: 1, planCount: 1 });
    expect(await knex('runs').pluck('id')).toEqual([kept]);
    expect(await knex('runs').where({ id: old })).toEqual([]);
    const events = await knex('ledger_entries').orderBy('position').pluck('event');
    expect(events).toEqual(['requested', 'rejected', 'entries-removed']);
    const { head, problem } = await verifyLedger(knex);
    expect(head).toMatchObject({ firstPosition: 3, position: 5, anchorHash: expect.not.stringMatching(/^0+$/) });
    expect(problem).toBeUndefined();
    expect(logger.info).toHaveBeenLastCalledWith(`The ledger ends at 5:${head.hash}`);
    expect((await verifyLedger(knex, { position: 1, hash: 'f'.repeat(64) })).problem).toBeUndefined(); // gone since
    await knex('ledger_head').update({ anchor_hash: '0'.repeat(64) });
    expect((await verifyLedger(knex)).problem).toMatchObject({ position: 3 });
  });

  it(`removes much in small pieces, each on record on ${databaseId}`, async () => {
    const knex = await start();
    for (let index = 0; index < 5; index++) await record(knex);
    await setTimeout(5);
    const tomorrow = new Date(Date.now() + 24 * 3_600_000);
    const logger = mockServices.logger.mock();
    const parts = { database: knex, ledger: new LedgerStore(knex), plans: new PlanStore(knex), logger };
    const retention = new LedgerRetention({ ...parts, retentionDays: 1, batchSize: 3 });
    expect(await retention.clean(tomorrow)).toEqual({ runCount: 5, planCount: 5 });
    for (const table of ['runs', 'plans']) expect(await knex(table)).toEqual([]);
    const said = await knex('ledger_entries').where({ event: 'entries-removed' }).orderBy('position').pluck('document');
    const counts = said.map(document => JSON.parse(document) as { entryCount: number; runCount: number });
    expect(counts.map(({ entryCount }) => entryCount).slice(0, 3)).toEqual([3, 3, 3]);
    expect(counts.reduce((sum, { runCount }) => sum + runCount, 0)).toBe(5);
    expect((await verifyLedger(knex)).problem).toBeUndefined();
  });
});
