import type { AuthService } from '@backstage/backend-plugin-api';
import { mockCredentials, mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { eventually } from '@leitstand/plugin-kit-node/testUtils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import type { JsonObject, JsonValue } from '@backstage/types';
import { parse } from 'yaml';
import { people, startDoor, switchHall, until } from '../../../__testUtils__/startDoor';
import { runLinks } from '../../runLink';
import { DoorAccess } from '../DoorAccess';
import { PeopleNames } from '../PeopleNames';
import { createRunAction } from './run';
import { examples } from './run.examples';
import { createUndoAction } from './undo';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
const order = { ...switchHall, reason: 'A template asks' };

/** Checkpoints of one task, as the scaffolder keeps them: a step sees what was kept before it began. */
class Task {
  readonly #kept = new Map<string, JsonValue>();

  context(input: object, options: { signal?: AbortSignal; isDryRun?: boolean; token?: string } = {}) {
    const before = new Map(this.#kept);
    const lines: string[] = [];
    const outputs: Record<string, JsonValue> = {};
    const logger = mockServices.logger.mock({ info: line => lines.push(line), warn: line => lines.push(line) });
    const context = {
      ...createMockActionContext({ input: input as JsonObject, logger }),
      ...{ isDryRun: options.isDryRun, signal: options.signal, task: { id: 'task-1' }, step: { id: 'switch' } },
      getInitiatorCredentials: async () => ({ ...mockCredentials.user(people.owner), token: options.token }),
      output: (name: string, value: JsonValue) => void (outputs[name] = value),
      checkpoint: async ({ key, fn }: { key: string; fn: () => Promise<JsonValue> }) => {
        const value = before.get(key) ?? (await fn());
        this.#kept.set(key, value);
        return value;
      },
    };
    return { context: context as never, outputs, lines };
  }
}

const [, adminName] = people.admin.split('/');
const entities = [
  {
    ...{ apiVersion: 'backstage.io/v1alpha1', kind: 'User', metadata: { name: adminName, namespace: 'default' } },
    spec: { profile: { displayName: 'Ada Admin' }, memberOf: [] },
  },
];

/** As the server's own: who asks for a token is named in it beside the person. */
const auth: AuthService = mockServices.auth.mock({
  isPrincipal: mockServices.auth().isPrincipal,
  getOwnServiceCredentials: async () => mockCredentials.service('plugin:scaffolder'),
  getPluginRequestToken: async ({ onBehalfOf, targetPluginId }) => ({
    token: auth.isPrincipal(onBehalfOf, 'user')
      ? mockCredentials.user.token(onBehalfOf.principal.userEntityRef, { actor: { subject: 'plugin:scaffolder' } })
      : mockCredentials.service.token({ onBehalfOf, targetPluginId }),
  }),
});

async function start(operations: object = {}, areSignInsMarked = false) {
  const door = await startDoor(await databases.init('SQLITE_3'), { operations });
  const access = new DoorAccess({
    ...{ auth, areSignInsMarked, names: new PeopleNames({ auth, catalog: catalogServiceMock({ entities }) }) },
    discovery: { getBaseUrl: async () => `${door.baseUrl}/api/operations`, getExternalBaseUrl: async () => '' },
    linkTo: runLinks(mockServices.rootConfig({ data: { app: { baseUrl: 'https://portal.example/' } } })),
  });
  const [run, undo] = [createRunAction(access), createUndoAction(access)];
  return Object.assign(door, {
    run: (input: object = order, task = new Task(), options?: Parameters<Task['context']>[1]) => {
      const { context, ...seen } = task.context(input, options);
      return Object.assign(seen, { end: run.handler(context) });
    },
    undo: (runId: string) => {
      const { context, ...seen } = new Task().context({ runId, reason: 'A later step failed' });
      return Object.assign(seen, { end: undo.handler(context) });
    },
  });
}

describe('operations:run', () => {
  it('runs an operation to its end and says what came of it', async () => {
    await using door = await start();
    const { end, outputs, lines } = door.run();
    await end;
    const [run] = (await door.client(people.owner).listRuns({})).items;
    const asked = { requester: people.owner, face: 'template', taskId: 'task-1', reason: order.reason };
    expect(run).toMatchObject({ state: 'succeeded', ...asked });
    expect((await door.client(people.owner).listRuns({ taskId: 'task-1' })).items).toEqual([run]);
    expect((await door.client(people.owner).listRuns({ taskId: 'task-2' })).items).toEqual([]);
    expect(outputs).toEqual({ runId: run.id, planId: run.planId, result: run.result, output: {} });
    expect(lines).toEqual(
      expect.arrayContaining([
        'Switch hall-1 on',
        'state: off → on',
        `Run ${run.id}: https://portal.example/activity/runs/${run.id}`,
        'Switch: done',
        `Done: ${run.result}`,
      ]),
    );
  });

  it('gives names of what was made to later steps', async () => {
    await using door = await start();
    const install = { operation: 'lamps-install', entityRef: 'component:default/new', input: { room: 'hall' } };
    const { end, outputs } = door.run({ ...install, reason: 'New' });
    await end;
    expect(outputs.output).toEqual({ lamp: 'new' });
  });

  it('shows the plan in a dry run, and changes nothing', async () => {
    await using door = await start();
    const { end, lines, outputs } = door.run(order, undefined, { isDryRun: true });
    await end;
    expect(lines).toEqual(['Switch hall-1 on', 'state: off → on']);
    expect(Object.keys(outputs)).toEqual(['planId']);
    expect((await door.client(people.owner).listRuns({})).items).toEqual([]);
    expect(door.lamps.requests.some(line => line.startsWith('PUT'))).toBe(false);
  });

  it('says in a dry run whose yes it needs, and what holds it', async () => {
    await using door = await start({ approvals: [{ approvers: ['group:default/admins'] }] });
    const freeze = { scope: { cluster: 'house' }, reason: 'Harvest festival', endsAt: '2999-01-01T00:00:00.000Z' };
    await door.client(people.admin).createFreeze(freeze);
    const { end, lines } = door.run(order, undefined, { isDryRun: true });
    await end;
    expect(lines.slice(2)).toEqual([
      'Needs the yes of group:default/admins',
      'A freeze is on until 2999-01-01T00:00:00.000Z: Harvest festival',
    ]);
  });

  it('is content where there is nothing to change', async () => {
    await using door = await start();
    await door.run().end;
    const { end, lines, outputs } = door.run();
    await end;
    expect(lines).toEqual(['The lamp is on already (NOTHING_TO_CHANGE)']);
    expect(outputs).toEqual({});
  });

  it.each([
    { input: { ...order, operation: 'lamps-melt' }, message: /OPERATION_UNKNOWN/ },
    { input: { ...order, entityRef: 'component:default/impostor' }, message: /OWNERSHIP_NOT_CONFIRMED/ },
    { input: switchHall, message: /REASON_REQUIRED/ },
  ])('fails with the words of the door: $message', async ({ input, message }) => {
    await using door = await start();
    await expect(door.run(input).end).rejects.toThrow(message);
  });

  it('says that it waits for a yes, and goes on when it is given', async () => {
    await using door = await start({ approvals: [{ approvers: ['group:default/admins'] }] });
    const { end, lines } = door.run();
    await until(() => lines.some(line => line.startsWith('Waits for the yes of group:default/admins')));
    const [{ id }] = (await door.client(people.admin).listApprovals()).items;
    expect(lines.at(-1)).toContain(`https://portal.example/activity/runs/${id}`);
    await door.client(people.admin).approveRun(id);
    await end;
    expect(door.lamps.lamps.get('hall-1')?.state).toBe('on');
  });

  it('fails when the yes is refused, and asks anew when the task is started again', async () => {
    await using door = await start({ approvals: [{ approvers: ['group:default/admins'] }] });
    const admin = door.client(people.admin);
    const task = new Task();
    const first = door.run(order, task);
    const isWaiting = (lines: string[]) => lines.some(line => line.startsWith('Waits'));
    await until(() => isWaiting(first.lines));
    const [refused] = (await admin.listApprovals()).items;
    await admin.rejectRun(refused.id, { comment: 'Not on a Friday' });
    await expect(first.end).rejects.toThrow(/^Ada Admin said no: Not on a Friday.*activity\/runs/);

    const second = door.run(order, task);
    await until(() => isWaiting(second.lines));
    const [asked] = (await admin.listApprovals()).items;
    expect(asked.id).not.toBe(refused.id);
    await admin.approveRun(asked.id);
    await second.end;
    expect(second.outputs.runId).toBe(asked.id);
  });

  it('goes on with its run when the task is taken up after a restart', async () => {
    await using door = await start();
    door.lamps.hold();
    const task = new Task();
    const before = door.run(order, task);
    await until(() => door.lamps.requests.some(line => line.startsWith('PUT')));
    const after = door.run(order, task);
    door.lamps.release();
    await Promise.all([before.end, after.end]);
    expect(after.outputs.runId).toBe(before.outputs.runId);
    expect(door.lamps.requests.filter(line => line.startsWith('PUT'))).toHaveLength(1);
  });

  it.each([
    { name: 'one of an OAuth client', claims: { sub: people.owner }, approval: { kind: 'confirmation' } },
    { name: 'none', claims: undefined, approval: { kind: 'confirmation' } },
    { name: 'one of a sign-in', claims: { sub: people.owner, ent: [people.owner] }, approval: undefined },
  ])('waits for a person where the token that started the task is $name', async ({ claims, approval }) => {
    await using door = await start({}, true);
    const token = claims && `header.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.signature`;
    const { end } = door.run(order, undefined, { token });
    const owner = door.client(people.owner);
    if (approval) {
      const { items } = await eventually(
        () => owner.listApprovals(),
        waiting => waiting.items.length === 1,
      );
      await owner.approveRun(items[0].id);
    }
    await end;
    const [run] = (await owner.listRuns({})).items;
    expect(run).toMatchObject({ state: 'succeeded', face: 'template', taskId: 'task-1' });
    expect(run.approval?.kind).toBe(approval?.kind);
  });

  it('stops its run when the task is cancelled', async () => {
    await using door = await start({ approvals: [{ approvers: ['group:default/admins'] }] });
    const controller = new AbortController();
    const { end, lines } = door.run(order, undefined, { signal: controller.signal });
    await until(() => lines.some(line => line.startsWith('Waits')));
    controller.abort();
    await expect(end).rejects.toThrow(/cancelled|stopped/i);
    expect((await door.client(people.owner).listRuns({})).items).toMatchObject([{ state: 'cancelled' }]);
  });

  it.each(examples.map(({ example, description }) => [description, parse(example)]))(
    'has an example that fits: %s',
    async (_description, { steps }) => {
      await using door = await start();
      const [{ action, input }] = steps;
      expect(action).toBe('operations:run');
      await expect(door.run(input).end).rejects.toThrow(/OPERATION_UNKNOWN/);
    },
  );
});

describe('operations:undo', () => {
  it('takes a run back, once', async () => {
    await using door = await start();
    const { end, outputs } = door.run();
    await end;
    const undone = door.undo(String(outputs.runId));
    await undone.end;
    expect(door.lamps.lamps.get('hall-1')?.state).toBe('off');
    expect(await door.client(people.owner).getRun(String(undone.outputs.runId))).toMatchObject({
      ...{ state: 'succeeded', undoes: outputs.runId },
    });
    const again = door.undo(String(outputs.runId));
    await again.end;
    expect(again.lines.join()).toContain('RUN_NOT_UNDOABLE');
  });

  it('fails where a person has to take it back', async () => {
    await using door = await start();
    const install = { operation: 'lamps-install', entityRef: 'component:default/new', input: { room: 'hall' } };
    const { end, outputs } = door.run({ ...install, reason: 'New' });
    await end;
    await expect(door.undo(String(outputs.runId)).end).rejects.toThrow(/Somebody has to take it down/);
  });
});
