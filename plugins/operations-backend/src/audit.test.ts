import type { AuditorServiceCreateEventOptions } from '@backstage/backend-plugin-api';
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { lampModule } from './__testUtils__/lampModule';
import { LampServer } from './__testUtils__/LampServer';
import { codeOf, people, runUntil, startDoor, switchHall, until } from './__testUtils__/startDoor';

const operationsGuide = join(__dirname, '../../../docs/operations.md');
const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

interface AuditLine {
  eventId: string;
  outcome: string;
  meta: Record<string, unknown>;
}

/** Writes down what is audited. */
function auditorTo(lines: AuditLine[]) {
  return mockServices.auditor.mock({
    createEvent: async ({ eventId, meta }: AuditorServiceCreateEventOptions) => ({
      success: async options => void lines.push({ eventId, outcome: 'succeeded', meta: { ...meta, ...options?.meta } }),
      fail: async ({ error }) => void lines.push({ eventId, outcome: error.message, meta: { ...meta } }),
    }),
  });
}

describe('the audit', () => {
  it('says who did what to which thing and how it ended, refusals included, and no inputs', async () => {
    const lines: AuditLine[] = [];
    const auditor = auditorTo(lines);
    await using lamps = await LampServer.start();
    lamps.lamps.set('hall-1', { state: 'off', generation: 1 });
    const features = [lampModule(lamps), auditor.factory];
    await using door = await startDoor(await databases.init('SQLITE_3'), { lamps, features });
    const owner = door.client(people.owner);
    await codeOf(door.client(people.viewer).plan(switchHall));
    const plan = await owner.plan(switchHall);
    await codeOf(owner.run({ planId: plan.id, idempotencyKey: 'a' }));
    const run = await owner.run({ planId: plan.id, reason: 'It is dark', idempotencyKey: 'b' });
    await runUntil(owner, run.id);
    await until(() => lines.some(({ eventId }) => eventId === 'run-finish'));
    await codeOf(owner.cancelRun(run.id));
    const thing = { operation: 'lamps-switch', entityRef: 'component:default/hall' };
    const requester = people.owner;
    expect(lines).toEqual([
      {
        eventId: 'plan-create',
        outcome: expect.stringMatching(/Your role does not allow this/),
        meta: { ...thing, requester: people.viewer },
      },
      { eventId: 'plan-create', outcome: 'succeeded', meta: { ...thing, requester, planId: plan.id } },
      {
        eventId: 'run-start',
        outcome: expect.stringMatching(/asks for a reason/),
        meta: { planId: plan.id, requester },
      },
      { eventId: 'run-start', outcome: 'succeeded', meta: { ...thing, requester, planId: plan.id, runId: run.id } },
      { eventId: 'run-finish', outcome: 'succeeded', meta: { ...thing, requester, runId: run.id, state: 'succeeded' } },
      {
        eventId: 'run-cancel',
        outcome: expect.stringMatching(/ended already/),
        meta: { runId: run.id, cancelledBy: requester },
      },
    ]);
  });

  it('says who decided, who made a freeze and who took the ledger out, and no reasons', async () => {
    const lines: AuditLine[] = [];
    const auditor = auditorTo(lines);
    const operations = { approvals: [{ approvers: ['group:default/admins'] }] };
    await using lamps = await LampServer.start();
    lamps.lamps.set('hall-1', { state: 'off', generation: 1 });
    const features = [lampModule(lamps), auditor.factory];
    await using door = await startDoor(await databases.init('SQLITE_3'), { lamps, features, operations });
    const [owner, admin] = [door.client(people.owner), door.client(people.admin)];
    const plan = await owner.plan(switchHall);
    const { id } = await owner.run({ planId: plan.id, reason: 'It is dark', idempotencyKey: 'a' });
    await codeOf(owner.approveRun(id));
    const freeze = await admin.createFreeze({
      ...{ scope: { cluster: 'house' }, reason: 'Festival', endsAt: '2999-01-01T00:00:00Z' },
    });
    await admin.approveRun(id);
    await admin.breakGlass(id, { reason: 'Fire' });
    await runUntil(owner, id);
    await codeOf(owner.endFreeze(freeze.id));
    await (await owner.exportRuns({ format: 'csv' })).text();
    await until(() => lines.some(({ eventId }) => eventId === 'ledger-export'));
    const thing = { operation: 'lamps-switch', entityRef: 'component:default/hall', requester: people.owner };
    const decided = { ...thing, runId: id, decidedBy: people.admin };
    const seen = lines.filter(({ eventId }) => !['plan-create', 'run-start', 'run-finish'].includes(eventId));
    expect(seen).toEqual([
      {
        eventId: 'run-approve',
        outcome: expect.stringMatching(/yourself/),
        meta: { runId: id, decidedBy: people.owner },
      },
      { eventId: 'freeze-create', outcome: 'succeeded', meta: { requester: people.admin, freezeId: freeze.id } },
      { eventId: 'run-approve', outcome: 'succeeded', meta: decided },
      { eventId: 'run-break-glass', outcome: 'succeeded', meta: decided },
      {
        eventId: 'freeze-end',
        outcome: expect.stringMatching(/operations\.freeze is missing/),
        meta: { requester: people.owner, freezeId: freeze.id },
      },
      { eventId: 'ledger-export', outcome: 'succeeded', meta: { requester: people.owner, format: 'csv', filter: {} } },
    ]);
    expect(JSON.stringify(lines)).not.toMatch(/It is dark|Festival|Fire/);
  });

  it('knows the events that docs/operations.md lists, each with the requester and the run where there is one', async () => {
    const lines: AuditLine[] = [];
    const auditor = auditorTo(lines);
    const operations = { approvals: [{ where: { cluster: 'house' }, approvers: ['group:default/admins'] }] };
    await using lamps = await LampServer.start();
    lamps.lamps.set('hall-1', { state: 'off', generation: 1 });
    const features = [lampModule(lamps), auditor.factory];
    await using door = await startDoor(await databases.init('SQLITE_3'), { lamps, features, operations });
    const [owner, admin, stranger] = [people.owner, people.admin, people.stranger].map(door.client);
    const ask = async (state: string) => {
      const plan = await owner.plan({ ...switchHall, input: { state } });
      return (await owner.run({ planId: plan.id, reason: 'It is dark', idempotencyKey: plan.id })).id;
    };
    const runId = await ask('on');
    await admin.approveRun(runId);
    await runUntil(owner, runId);
    await owner.planUndo(runId);
    await admin.rejectRun(await ask('off'), { comment: 'Not today' });
    await owner.cancelRun(await ask('off'));
    await admin.breakGlass(await ask('off'), { reason: 'Fire' });
    await until(() => lines.filter(({ eventId }) => eventId === 'run-finish').length === 2);
    const freeze = await admin.createFreeze({
      ...{ scope: { cluster: 'house' }, reason: 'Festival', endsAt: '2999-01-01T00:00:00Z' },
    });
    await admin.endFreeze(freeze.id);
    await (await owner.exportRuns({ format: 'csv', state: 'failed' })).text();
    await codeOf(stranger.exportRuns({ format: 'jsonl' }));
    await until(() => lines.filter(({ eventId }) => eventId === 'ledger-export').length === 2);

    const done = lines.filter(({ outcome }) => outcome === 'succeeded');
    const documented = /^\| Audit event .*\n(?:\|.*\n)+/m.exec(await readFile(operationsGuide, 'utf8'))?.[0] ?? '';
    const listed = [...documented.matchAll(/`([a-z-]+)`/g)].map(([, eventId]) => eventId);
    expect(new Set(done.map(({ eventId }) => eventId))).toEqual(new Set(listed));
    for (const line of done) expect(line).toMatchObject({ meta: { requester: expect.stringMatching(/^user:/) } });
    for (const line of done.filter(({ eventId }) => eventId.startsWith('run-'))) {
      expect(line).toMatchObject({ meta: { runId: expect.any(String) } });
    }
    expect(done.find(({ eventId }) => eventId === 'run-reject')?.meta).toMatchObject({ decidedBy: people.admin });
    expect(done.find(({ eventId }) => eventId === 'run-cancel')?.meta).toMatchObject({ cancelledBy: people.owner });
    expect(lines.filter(({ eventId }) => eventId === 'ledger-export')).toEqual([
      expect.objectContaining({ meta: { requester: people.owner, format: 'csv', filter: { state: 'failed' } } }),
      {
        eventId: 'ledger-export',
        outcome: expect.stringMatching(/operations\.read is missing/),
        meta: { requester: people.stranger, format: 'jsonl', filter: {} },
      },
    ]);
  });
});
