import { mockCredentials, TestDatabases } from '@backstage/backend-test-utils';
import { codeOf, people, runUntil, startDoor, switchHall } from '../__testUtils__/startDoor';
import { Callers } from './Callers';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
const services = [
  { subject: 'external:ci', name: 'ci', operations: ['lamps-switch'], owners: ['hall-team'] },
  { subject: 'external:gardener', name: 'gardener', operations: ['lamps-switch'], owners: ['garden-team'] },
  { subject: 'external:electrician', name: 'electrician', operations: ['lamps-install'], owners: ['hall-team'] },
];

async function start() {
  return startDoor(await databases.init('SQLITE_3'), { operations: { services } });
}

describe('programs', () => {
  it('do what they are mapped to, on things of the groups that they are given', async () => {
    await using door = await start();
    const ci = door.service('external:ci');
    const plan = await ci.plan(switchHall);
    expect(plan).toMatchObject({ requester: 'service:default/ci', mayBreakGlass: false });
    const { id } = await ci.run({ planId: plan.id, reason: 'Evening', idempotencyKey: 'a' });
    expect(await runUntil(ci, id)).toMatchObject({
      ...{ state: 'succeeded', face: 'service', requester: 'service:default/ci' },
    });
    expect((await ci.listRuns({ requester: 'service:default/ci' })).items).toHaveLength(1);
    expect(await ci.listAvailable(switchHall.entityRef)).toMatchObject([{ isAvailable: true }]);
  });

  it.each([
    { subject: 'external:gardener', code: 'OPERATION_NOT_ALLOWED' },
    { subject: 'external:electrician', code: 'OPERATION_NOT_ALLOWED' },
    { subject: 'external:stranger', code: /403/ },
    { subject: 'plugin:scaffolder', code: /403/ },
  ])('$subject may not', async ({ subject, code }) => {
    await using door = await start();
    expect(await codeOf(door.service(subject).plan(switchHall))).toEqual(expect.stringMatching(code));
  });

  it('neither decide nor pass by, nor make freezes, nor undo', async () => {
    await using door = await start();
    const ci = door.service('external:ci');
    const plan = await ci.plan(switchHall);
    const request = { planId: plan.id, reason: 'x', idempotencyKey: 'a' };
    expect(await codeOf(ci.run({ ...request, breakGlass: true }))).toBe('BREAK_GLASS_NOT_ALLOWED');
    const { id } = await ci.run(request);
    const scope = { cluster: 'house' };
    const calls = [
      ...[ci.approveRun(id), ci.rejectRun(id, { comment: 'x' }), ci.breakGlass(id, { reason: 'x' })],
      ...[ci.planUndo(id), ci.listApprovals(), ci.getRunPermissions(id), ci.listFreezes()],
      ...[ci.createFreeze({ scope, reason: 'x', endsAt: '2999-01-01T00:00:00Z' }), ci.exportRuns({ format: 'csv' })],
    ];
    for (const outcome of await Promise.all(calls.map(codeOf))) expect(outcome).toMatch(/403/);
  });
});

it('believes nobody but the scaffolder which task asks', async () => {
  await using door = await start();
  const owner = door.client(people.owner);
  const { id: planId } = await owner.plan(switchHall);
  const order = { planId, reason: 'x', idempotencyKey: 'a' };
  expect(await codeOf(owner.run({ ...order, taskId: 'task-1' }))).toMatch(/400/);
  expect(await owner.run(order)).not.toHaveProperty('taskId');
});

describe('who answers for a program', () => {
  it.each([
    { name: 'a person', responsible: [people.admin], refused: people.admin, allowed: people.other },
    { name: 'a group', responsible: ['group:default/garden-team'], refused: people.other, allowed: people.admin },
  ])('does not approve what it asks for: $name', async ({ responsible, refused, allowed }) => {
    const approvals = [{ approvers: [people.admin, people.other] }];
    const operations = { approvals, services: [{ ...services[0], responsible }] };
    await using door = await startDoor(await databases.init('SQLITE_3'), { operations });
    const ci = door.service('external:ci');
    const { id } = await ci.run({ planId: (await ci.plan(switchHall)).id, reason: 'x', idempotencyKey: 'a' });
    const client = door.client(refused);
    expect(await codeOf(client.approveRun(id))).toBe('APPROVAL_NOT_ALLOWED');
    expect((await client.listApprovals()).items).toEqual([]);
    expect((await client.getRunPermissions(id)).approve.refusal).toMatch(/You answer for service:default\/ci/);
    expect((await door.client(allowed).approveRun(id)).approval).toMatchObject({ decidedBy: allowed });
  });
});

describe('what is created', () => {
  const install = (name: string, room: string) => ({
    ...{ operation: 'lamps-install', entityRef: `component:default/${name}`, input: { room } },
  });

  it.each([
    { person: people.owner, request: install('chandelier', 'hall'), code: 'no error' },
    { person: people.admin, request: install('lantern', 'garden'), code: 'no error' },
    { person: people.owner, request: install('lantern', 'garden'), code: 'OPERATION_NOT_ALLOWED' },
    { person: people.other, request: install('chandelier', 'hall'), code: 'OPERATION_NOT_ALLOWED' },
    { person: people.admin, request: install('hall', 'hall'), code: /409/ },
  ])('$person asks for $request: $code', async ({ person, request, code }) => {
    await using door = await start();
    expect(await codeOf(door.client(person).plan(request))).toEqual(expect.stringMatching(code));
  });

  it('belongs to those that the place is given to, and needs no entity', async () => {
    await using door = await start();
    const owner = door.client(people.owner);
    const plan = await owner.plan(install('Chandelier', 'hall'));
    expect(plan).toMatchObject({ entityRef: 'component:default/chandelier', environment: 'production' });
    const { id } = await owner.run({ planId: plan.id, reason: 'x', idempotencyKey: 'a' });
    expect(await runUntil(owner, id)).toMatchObject({ state: 'succeeded', output: { lamp: 'chandelier' } });
    expect(await codeOf(owner.planUndo(id))).toBe('RUN_NOT_UNDOABLE');
  });
});

describe('what acts in the name of a person', () => {
  const actingFor = (person: string, subject: string) => mockCredentials.user(person, { actor: { subject } });
  const callers = new Callers([]);
  const isPerson = (decide: () => unknown) => {
    try {
      return Boolean(decide());
    } catch {
      return false;
    }
  };

  it('is known by its token: the scaffolder asks for templates, any other plugin for a tool', () => {
    expect(callers.of(mockCredentials.user(people.owner)).face).toBe('portal');
    expect(callers.of(actingFor(people.owner, 'plugin:scaffolder')).face).toBe('template');
    expect(callers.of(actingFor(people.owner, 'plugin:mcp-actions')).face).toBe('tool');
  });

  it.each([
    { name: 'of a sign-in', claims: { sub: people.owner, ent: [people.owner] }, face: 'portal' },
    { name: 'that a client got by OAuth', claims: { sub: people.owner }, face: 'tool' },
    { name: 'with another claim of that name', claims: { sub: people.owner, ent: 'all' }, face: 'tool' },
    { name: 'that nobody can read', claims: undefined, face: 'tool' },
  ])('is told from a person where sign-ins are marked: a token $name', ({ claims, face }) => {
    const marked = new Callers([], { areSignInsMarked: true });
    const payload = claims && Buffer.from(JSON.stringify(claims)).toString('base64url');
    const request = { headers: { authorization: `Bearer header.${payload}.signature` } };
    const credentials = mockCredentials.user(people.owner);
    expect(marked.of(credentials, request).face).toBe(face);
    expect(isPerson(() => marked.person(credentials, request))).toBe(face === 'portal');
    expect(marked.of(credentials, { headers: {} }).face).toBe('tool');
    expect(marked.of(actingFor(people.owner, 'plugin:scaffolder'), request).face).toBe('template');
    expect(callers.of(credentials, request).face).toBe('portal');
  });

  it('decides on nothing', () => {
    expect(callers.person(mockCredentials.user(people.owner))).toMatchObject({ face: 'portal' });
    expect(() => callers.person(actingFor(people.owner, 'plugin:scaffolder'))).toThrow(/A person decides/);
  });

  it('lets the scaffolder itself follow runs, and do nothing else', async () => {
    await using door = await start();
    const scaffolder = door.service('plugin:scaffolder');
    const unknown = '00000000-0000-4000-8000-000000000000';
    expect(await codeOf(scaffolder.getRun(unknown))).toBe('RUN_NOT_FOUND');
    expect(await codeOf(scaffolder.listRuns({}))).toMatch(/403/);
    expect(await codeOf(scaffolder.cancelRun(unknown))).toMatch(/403/);
    expect(await codeOf(door.service('plugin:other').getRun(unknown))).toMatch(/403/);
  });
});
