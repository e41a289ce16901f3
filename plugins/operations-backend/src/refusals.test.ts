import { mockCredentials, mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { createOperationConditionalDecision, operationConditions } from '@leitstand/plugin-operations-node';
import { randomUUID } from 'node:crypto';
import { lampModule, lampSwitchPermission } from './__testUtils__/lampModule';
import { LampServer } from './__testUtils__/LampServer';
import { codeOf, people, runUntil, startDoor, switchHall } from './__testUtils__/startDoor';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
const secrets = /hunter2|token=abc|upstream-body/;

async function start(options?: Parameters<typeof startDoor>[1]) {
  return startDoor(await databases.init('SQLITE_3'), options);
}

describe('who may plan', () => {
  it.each([
    { name: 'an owner', person: people.owner, request: {}, code: 'no error' },
    { name: 'an administrator', person: people.admin, request: {}, code: 'no error' },
    { name: 'another team', person: people.other, request: {}, code: 'OPERATION_NOT_ALLOWED' },
    { name: 'a viewer', person: people.viewer, request: {}, code: 'OPERATION_NOT_ALLOWED' },
    { name: 'a person without a role', person: people.stranger, request: {}, code: 'OPERATION_NOT_ALLOWED' },
    {
      name: 'the owner of an entity that points at a thing of others',
      person: people.other,
      request: { entityRef: 'component:default/impostor' },
      code: 'OWNERSHIP_NOT_CONFIRMED',
    },
    {
      name: 'an administrator through such an entity',
      person: people.admin,
      request: { entityRef: 'component:default/impostor' },
      code: 'OWNERSHIP_NOT_CONFIRMED',
    },
    { name: 'an unknown operation', person: people.admin, request: { operation: 'none' }, code: 'OPERATION_UNKNOWN' },
    {
      name: 'an entity without a lamp',
      person: people.admin,
      request: { entityRef: 'component:default/unlit' },
      code: 'OPERATION_NOT_APPLICABLE',
    },
    { name: 'no entity', person: people.admin, request: { entityRef: 'component:default/none' }, code: /404/ },
    { name: 'no change', person: people.owner, request: { input: { state: 'off' } }, code: 'NOTHING_TO_CHANGE' },
    { name: 'an input that does not fit', person: people.owner, request: { input: { state: 'blue' } }, code: /400/ },
  ])('$name: $code', async ({ person, request, code }) => {
    await using door = await start();
    const answer = await codeOf(door.client(person).plan({ ...switchHall, ...request }));
    expect(answer).toEqual(expect.stringMatching(code));
  });

  it('asks upstream nothing for those whom the policy denies everything', async () => {
    await using door = await start();
    await codeOf(door.client(people.viewer).plan(switchHall));
    await door.client(people.viewer).listAvailable(switchHall.entityRef);
    expect(door.lamps.requests).toEqual([]);
  });

  it('names the field of an input that does not fit', async () => {
    await using door = await start();
    await expect(door.client(people.owner).plan({ ...switchHall, input: { state: 'blue' } })).rejects.toMatchObject({
      body: { error: { name: 'InputError', message: expect.stringMatching(/input\.state: Invalid enum value/) } },
    });
  });

  it.each([
    { name: 'services', authorization: mockCredentials.service.header(), status: 403 },
    { name: 'anonymous callers', authorization: mockCredentials.none.header(), status: 401 },
  ])('refuses $name on every route', async ({ authorization, status }) => {
    await using door = await start();
    const routes = [
      ['GET', 'operations?entityRef=component:default/hall'],
      ['POST', 'plans'],
      ['GET', `plans/${randomUUID()}`],
      ['POST', 'runs'],
      ['GET', 'runs'],
      ['GET', `runs/${randomUUID()}`],
      ['POST', `runs/${randomUUID()}/cancel`],
    ];
    for (const [method, path] of routes) {
      const response = await fetch(`${door.baseUrl}/api/operations/v1/${path}`, {
        method,
        headers: { Authorization: authorization },
      });
      expect([path, response.status]).toEqual([path, status]);
    }
  });
});

describe('what a policy can decide by', () => {
  const { isCluster, isEnvironment, isNamespace, isNotRequester, isOperation, isOwner, isWithinReplicaLimit } =
    operationConditions;
  const [hall, garden] = ['group:default/hall-team', 'group:default/garden-team'].map(group => ({ claims: [group] }));

  it.each([
    { rule: 'IS_OWNER', allows: isOwner(hall), denies: isOwner(garden) },
    {
      rule: 'IS_OPERATION',
      allows: isOperation({ operations: ['lamps-switch'] }),
      denies: isOperation({ operations: ['lamps-install'] }),
    },
    { rule: 'IS_CLUSTER', allows: isCluster({ clusters: ['house'] }), denies: isCluster({ clusters: ['shed'] }) },
    {
      rule: 'IS_NAMESPACE',
      allows: isNamespace({ namespaces: ['hall'] }),
      denies: isNamespace({ namespaces: ['garden'] }),
    },
    {
      rule: 'IS_ENVIRONMENT',
      allows: isEnvironment({ environments: ['production'] }),
      denies: isEnvironment({ environments: ['development'] }),
    },
    {
      rule: 'IS_WITHIN_REPLICA_LIMIT',
      allows: isWithinReplicaLimit({ limit: 3 }),
      denies: isWithinReplicaLimit({ limit: 2 }),
    },
    {
      rule: 'IS_NOT_REQUESTER',
      allows: isNotRequester({ user: people.owner }),
      denies: isNotRequester({ user: people.other }),
    },
  ])('$rule, at plan and at run', async ({ allows, denies }) => {
    let conditions = denies;
    await using door = await start({
      decide: (permission, { principal }) =>
        permission.name === lampSwitchPermission.name &&
        (principal as { userEntityRef: string }).userEntityRef === people.other
          ? createOperationConditionalDecision(lampSwitchPermission, conditions)
          : undefined,
    });
    const other = door.client(people.other);
    const order = { ...switchHall, input: { state: 'on', replicas: 3, manual: 'x'.repeat(5_000) } };
    expect(await codeOf(other.plan(order))).toBe('OPERATION_NOT_ALLOWED');
    conditions = allows;
    const { id: planId } = await other.plan(order);
    conditions = denies;
    const request = { planId, reason: 'x', idempotencyKey: 'a' };
    expect(await codeOf(other.run(request))).toBe('OPERATION_NOT_ALLOWED');
    conditions = allows;
    const { id } = await other.run(request);
    expect((await runUntil(other, id)).state).toBe('succeeded');
  });
});

describe('plans and runs of others', () => {
  it('keeps a plan to its requester, and asks for a reason where the environment does', async () => {
    await using door = await start();
    const plan = await door.client(people.owner).plan(switchHall);
    const admin = door.client(people.admin);
    expect(await codeOf(admin.getPlan(plan.id))).toBe('PLAN_NOT_FOUND');
    expect(await codeOf(admin.run({ planId: plan.id, reason: 'x', idempotencyKey: 'a' }))).toBe('PLAN_NOT_FOUND');
    expect(await codeOf(admin.run({ planId: randomUUID(), idempotencyKey: 'b' }))).toBe('PLAN_NOT_FOUND');
    const owner = door.client(people.owner);
    expect(await codeOf(owner.run({ planId: plan.id, idempotencyKey: 'c' }))).toBe('REASON_REQUIRED');
    expect((await owner.getPlan(plan.id)).state).toBe('open');
    expect(await codeOf(owner.getRun(randomUUID()))).toBe('RUN_NOT_FOUND');
    expect(await codeOf(owner.cancelRun(randomUUID()))).toBe('RUN_NOT_FOUND');
  });
});

describe('what is available', () => {
  const available = { operation: 'lamps-switch', title: 'Switch lamp', isAvailable: true };

  function refused(refusal: object): object {
    return { ...available, isAvailable: false, refusal };
  }

  it.each([
    { person: people.owner, entity: 'hall', expected: available },
    { person: people.viewer, entity: 'hall', expected: refused({ code: 'OPERATION_NOT_ALLOWED' }) },
    { person: people.other, entity: 'hall', expected: refused({ code: 'OPERATION_NOT_ALLOWED' }) },
    { person: people.other, entity: 'impostor', expected: refused({ code: 'OWNERSHIP_NOT_CONFIRMED' }) },
    {
      person: people.admin,
      entity: 'explosive',
      expected: refused({ message: expect.stringMatching(/^Something unexpected went wrong/) }),
    },
  ])('$entity for $person', async ({ person, entity, expected }) => {
    await using door = await start();
    expect(await door.client(person).listAvailable(`component:default/${entity}`)).toMatchObject([expected]);
  });

  it('says when upstream is down, and nothing for an entity that no operation is for', async () => {
    await using door = await start();
    door.lamps.failWith = 500;
    const owner = door.client(people.owner);
    expect(await owner.listAvailable('component:default/hall')).toMatchObject([
      { isAvailable: false, refusal: { code: 'UPSTREAM_FAILED', message: 'The lamps failed' } },
    ]);
    expect(await owner.listAvailable('component:default/unlit')).toEqual([]);
  });
});

describe('secrets', () => {
  it('reach neither the answers, nor the ledger, nor the log, nor the audit', async () => {
    const lines: unknown[] = [];
    const write = (message: string, meta?: unknown) => {
      lines.push(message, meta instanceof Error ? [meta.stack, meta.message] : meta);
    };
    const logger = mockServices.rootLogger.mock({ error: write, warn: write, info: write, debug: write });
    logger.child.mockReturnValue(logger);
    await using lamps = await LampServer.start();
    lamps.lamps.set('hall-1', { state: 'off', generation: 1 });
    const knex = await databases.init('SQLITE_3');
    await using door = await startDoor(knex, { lamps, features: [lampModule(lamps), logger.factory] });
    const owner = door.client(people.owner);
    const plan = await owner.plan({ ...switchHall, input: { state: 'on', fault: 'throw' } });
    const { id } = await owner.run({ planId: plan.id, reason: 'x', idempotencyKey: 'a' });
    const run = await runUntil(owner, id);
    expect(run).toMatchObject({
      state: 'failed',
      error: { name: 'Error', message: expect.stringMatching(/unexpected/) },
    });
    const answers: unknown[] = [run];
    lamps.failWith = 500;
    await owner.plan(switchHall).catch(error => answers.push(error.body));
    await owner
      .plan({ ...switchHall, entityRef: 'component:default/explosive' })
      .catch(error => answers.push(error.body));
    expect(answers).toHaveLength(3);
    expect(answers[1]).toMatchObject({ error: { name: 'UpstreamError' }, response: { statusCode: 502 } });
    expect(answers[2]).toMatchObject({ error: { name: 'Error' }, response: { statusCode: 500 } });
    const ledger = [await knex('runs'), await knex('run_steps')];
    expect(JSON.stringify([answers, ledger, lines])).not.toMatch(secrets);
    expect(JSON.stringify(lines)).toMatch(/lampModule/); // the log says where it happened
    expect(JSON.stringify(lines)).toMatch(/run-finish/);
  });

  it('are named by inputs, and only the step that uses one sees it', async () => {
    const knex = await databases.init('SQLITE_3');
    const configured = [{ name: 'hall-key', value: 'hunter2' }];
    await using door = await startDoor(knex, { operations: { secrets: configured } });
    const owner = door.client(people.owner);
    const switchWith = async (input: object) => {
      const plan = await owner.plan({ ...switchHall, input: { ...input } });
      const { id } = await owner.run({ planId: plan.id, reason: 'x', idempotencyKey: plan.id });
      return { plan, run: await runUntil(owner, id) };
    };
    const { plan, run } = await switchWith({ state: 'on', key: { secretRef: 'hall-key' } });
    expect(plan.input).toEqual({ state: 'on', key: { secretRef: 'hall-key' } });
    expect([run.state, door.lamps.keys]).toEqual(['succeeded', ['hunter2']]);
    const unknown = await switchWith({ state: 'off', key: { secretRef: 'other-key' } });
    expect(unknown.run).toMatchObject({ state: 'failed', error: { code: 'SECRET_UNKNOWN' } });
    const tables = ['plans', 'runs', 'run_steps', 'ledger_entries'];
    const kept = JSON.stringify([plan, run, unknown, await Promise.all(tables.map(table => knex(table)))]);
    expect(kept).toContain('hall-key');
    expect(kept).not.toMatch(secrets);
    await expect(owner.plan({ ...switchHall, input: { state: 'on', key: 'hunter2' } })).rejects.toThrow(/400/);
  });
});
