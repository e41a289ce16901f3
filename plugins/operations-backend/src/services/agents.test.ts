import { mockCredentials, mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { Face } from '@leitstand/plugin-operations-common';
import { randomUUID } from 'node:crypto';
import { createDoor } from '../createDoor';
import { migrationsDirectory } from '../database/migrate';
import { lampAnnotation, lampSwitch } from '../__testUtils__/lampModule';
import { LampServer } from '../__testUtils__/LampServer';
import { codeOf } from '../__testUtils__/startDoor';
import { personAs } from './Caller';
import { OperationRegistry } from './OperationRegistry';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
const entityRef = 'component:default/hall';
const entities = [
  {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name: 'hall', annotations: { [lampAnnotation]: 'hall-1' } },
    spec: { owner: 'hall-team' },
  },
];

/** The door as the faces inside the server use it. Everybody may everything. */
async function start(operations: object = {}) {
  const database = await databases.init('SQLITE_3');
  await database.migrate.latest({ directory: migrationsDirectory });
  const lamps = await LampServer.start();
  lamps.lamps.set('hall-1', { state: 'off', generation: 1, entityRef });
  const registry = new OperationRegistry();
  registry.addOperation(lampSwitch(lamps));
  const logger = mockServices.logger.mock();
  const door = createDoor({
    ...{ database, registry, logger, auditor: mockServices.auditor.mock(), auth: mockServices.auth() },
    catalog: catalogServiceMock({ entities }),
    config: mockServices.rootConfig({ data: { operations } as never }),
    permissions: mockServices.permissions({ result: AuthorizeResult.ALLOW }),
    permissionsRegistry: mockServices.permissionsRegistry.mock({
      getPermissionRuleset: () => ({ getRuleByName: () => ({}) }) as never,
    }),
    notifications: { send: async () => {} },
    userInfo: mockServices.userInfo(),
  });
  const callerOf = (face: Face, person: string) => personAs(face, mockCredentials.user(`user:default/${person}`));
  return {
    ...door,
    logger,
    callerOf,
    async ask(face: Face, options: { breakGlass?: boolean } = {}) {
      const caller = callerOf(face, 'olga');
      const { signal } = new AbortController();
      const input = { state: 'on' };
      const plan = await door.planService.create({ operation: 'lamps-switch', entityRef, input, caller, signal });
      const order = { planId: plan.id, reason: 'It is dark', idempotencyKey: randomUUID(), breakGlass: false };
      return { plan, run: await door.runService.create({ ...order, ...options, caller }) };
    },
    async [Symbol.asyncDispose]() {
      await door.executor.close();
      await lamps[Symbol.asyncDispose]();
    },
  };
}

describe('what a tool asks for', () => {
  it('waits until a person says yes in the portal', async () => {
    await using door = await start();
    const { plan, run } = await door.ask('tool');
    expect(plan.mayBreakGlass).toBe(false);
    expect(run).toMatchObject({
      ...{ state: 'awaiting-approval', face: 'tool', requester: 'user:default/olga' },
      approval: { kind: 'confirmation', state: 'waiting', approvers: ['user:default/olga'] },
    });
    expect(await door.approvalService.list(door.callerOf('tool', 'olga'))).toEqual([]);
    expect(await codeOf(door.approvalService.approve(run.id, undefined, door.callerOf('tool', 'olga')))).toBe(
      'APPROVAL_NOT_ALLOWED',
    );
    const olga = door.callerOf('portal', 'olga');
    expect(await door.approvalService.list(olga)).toEqual([run]);
    const confirmed = await door.approvalService.approve(run.id, undefined, olga);
    expect(confirmed.approval).toMatchObject({ state: 'approved', decidedBy: 'user:default/olga' });
    expect(['queued', 'running', 'succeeded']).toContain(confirmed.state);
  });

  it('can be confirmed by whoever may run the operation', async () => {
    await using door = await start();
    const { run } = await door.ask('tool');
    const rejected = await door.approvalService.reject(run.id, 'No', door.callerOf('portal', 'otto'));
    expect(rejected).toMatchObject({ state: 'rejected', approval: { decidedBy: 'user:default/otto' } });
  });

  it('runs at once where the configuration trusts tools with the operation', async () => {
    await using door = await start({ agents: { mayRun: ['lamps-switch'] } });
    expect((await door.ask('tool')).run.approval).toBeUndefined();
  });

  it('waits for an approval where one is asked for anyway', async () => {
    const approvals = [{ approvers: ['group:default/admins'] }];
    await using door = await start({ approvals, agents: { mayRun: ['lamps-switch', 'lamps-dim'] } });
    expect((await door.ask('tool')).run.approval).toMatchObject({ kind: 'approval', state: 'waiting' });
    expect(door.logger.warn).toHaveBeenCalledWith(expect.stringMatching(/no installed module declares: lamps-dim$/));
  });

  it.each(['tool', 'template', 'service'] as const)('never passes by a freeze: %s', async face => {
    await using door = await start();
    expect(await codeOf(door.ask(face, { breakGlass: true }))).toBe('BREAK_GLASS_NOT_ALLOWED');
  });
});

it('what a template asks for begins at once', async () => {
  await using door = await start();
  expect((await door.ask('template')).run).toMatchObject({ face: 'template', approval: undefined });
});
