import { coreServices, createServiceFactory } from '@backstage/backend-plugin-api';
import { mockCredentials, mockServices, startTestBackend } from '@backstage/backend-test-utils';
import {
  catalogEntityReadPermission,
  catalogEntityRefreshPermission,
  catalogPermissions,
} from '@backstage/plugin-catalog-common/alpha';
import {
  createPermission,
  type Permission,
  type PermissionAttributes,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import { scaffolderPermissions } from '@backstage/plugin-scaffolder-common/alpha';
import permissionPlugin from '@backstage/plugin-permission-backend';
import { connectionsPermissions } from '@leitstand/plugin-connections-common';
import * as mlModels from '@leitstand/plugin-ml-models-common';
import { operationsPermissions } from '@leitstand/plugin-operations-common';
import {
  rollbackPermission,
  rolloutsPermissions,
  workloadOperationPermissions,
} from '@leitstand/plugin-rollouts-common';
import permissionModuleLeitstand from './index';

const groups: Record<string, string[]> = {
  'user:default/guest': ['group:default/guests', 'group:default/platform-team'],
  'user:default/stranger': ['group:default/nobody-gave-it-a-role'],
  'user:default/viewer': ['group:default/viewers'],
  'user:default/operator': ['group:default/todo-team', 'group:default/viewers'],
  'user:default/admin': ['group:default/platform-team'],
};

const userInfo = createServiceFactory({
  service: coreServices.userInfo,
  deps: {},
  factory: () => ({
    async getUserInfo(credentials) {
      const { userEntityRef } = credentials.principal as { userEntityRef: string };
      return { userEntityRef, ownershipEntityRefs: [userEntityRef, ...groups[userEntityRef]] };
    },
  }),
});

/** The real permission backend with the policy, asked over HTTP. */
async function startPolicy(options: { guest: boolean }) {
  const leitstand = {
    guest: options.guest,
    roles: [
      { role: 'admin', groups: ['group:default/platform-team'] },
      { role: 'operator', groups: ['Group:default/Todo-Team'] },
      { role: 'viewer', groups: ['group:default/viewers'] },
    ],
  };
  const backend = await startTestBackend({
    features: [
      permissionPlugin,
      permissionModuleLeitstand,
      userInfo,
      mockServices.rootConfig.factory({ data: { permission: { enabled: true, leitstand } } }),
    ],
  });
  return {
    async decide(user: string, permission: Permission): Promise<PolicyDecision> {
      // As a plugin asks on a user's behalf: a user who asks directly is never told conditions.
      const token = mockCredentials.user.token(`user:default/${user}`, { actor: { subject: 'plugin:x' } });
      const response = await fetch(`http://localhost:${backend.server.port()}/api/permission/authorize`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ items: [{ id: '1', permission }] }),
      });
      const { items } = await response.json();
      const { id: _id, ...decision } = items[0];
      return decision;
    },
    [Symbol.asyncDispose]: () => backend.stop(),
  };
}

type Policy = Awaited<ReturnType<typeof startPolicy>>;

/** Decisions in the order guest, stranger, viewer, operator, admin; `owner` for a conditional one. */
async function decideForAll(policy: Policy, permission: Permission) {
  const words: Record<string, string> = { ALLOW: 'allow', DENY: 'deny', CONDITIONAL: 'owner' };
  const users = ['guest', 'stranger', 'viewer', 'operator', 'admin'];
  const decisions = await Promise.all(users.map(user => policy.decide(user, permission)));
  return decisions.map(decision => words[decision.result]).join(' ');
}

function unknown(name: string, action?: PermissionAttributes['action']): Permission {
  return createPermission({ name, attributes: { action } });
}

const everybody = 'allow deny allow allow allow';
const signedIn = 'deny deny allow allow allow';
const operators = 'deny deny deny allow allow';
const owners = 'deny deny deny owner allow';
const ownTasks = 'deny deny owner owner allow';
const templateActions = 'deny deny deny owner owner';
const admins = 'deny deny deny deny allow';
const nobody = 'deny deny deny deny deny';

const known = [
  ...catalogPermissions,
  ...connectionsPermissions,
  ...operationsPermissions,
  ...rolloutsPermissions,
  ...workloadOperationPermissions,
  ...mlModels.mlModelsPermissions,
  mlModels.cancelJobPermission,
  mlModels.createModelPermission,
  mlModels.deleteModelPermission,
  mlModels.retrainModelPermission,
  mlModels.setExpirationPermission,
  mlModels.setLabelsPermission,
  ...scaffolderPermissions,
];
const expectedOfKnown: Record<string, string> = {
  'catalog.entity.read': everybody,
  'catalog.entity.create': operators,
  'catalog.entity.delete': owners,
  'catalog.entity.refresh': owners,
  'catalog.entity.validate': operators,
  'catalog.location.read': everybody,
  'catalog.location.create': operators,
  'catalog.location.delete': admins,
  'catalog.location.analyze': operators,
  'catalog.ingestion.read': signedIn,
  'catalog.ingestion.manage': admins,
  'connections.health.read': operators,
  'operations.read': everybody,
  'operations.freeze': admins,
  'operations.run.approve': operators,
  'operations.run.break-glass': admins,
  'operations.run.cancel': owners,
  'rollouts.workload.read': everybody,
  'rollouts.log.read': signedIn,
  'ml-models.model.read': everybody,
  'ml-models.predict': signedIn,
  'ml-models.job.read': signedIn,
  'operations.ml-models.cancel-job': owners,
  'operations.ml-models.create': owners,
  'operations.ml-models.delete': owners,
  'operations.ml-models.retrain': owners,
  'operations.ml-models.set-expiration': owners,
  'operations.ml-models.set-labels': owners,
  'scaffolder.template.parameter.read': everybody,
  'scaffolder.template.step.read': everybody,
  'scaffolder.action.execute': templateActions,
  'scaffolder.task.read': ownTasks,
  'scaffolder.task.create': operators,
  'scaffolder.task.cancel': owners,
  'scaffolder.template.dry-run': admins,
  'scaffolder.template.management': admins,
  'operations.rollouts.delete-pod': owners,
  'operations.rollouts.pause': owners,
  'operations.rollouts.restart': owners,
  'operations.rollouts.rollback': owners,
  'operations.rollouts.run-cron-job': owners,
  'operations.rollouts.scale': owners,
  'operations.rollouts.set-image': owners,
  'operations.rollouts.suspend-cron-job': owners,
};

describe('the policy, through the permission backend', () => {
  let policy: Policy;
  beforeAll(async () => {
    policy = await startPolicy({ guest: true });
  });
  afterAll(async () => {
    await policy[Symbol.asyncDispose]();
  });

  it('has a stated decision for every permission of our plugins and the catalogue', () => {
    expect(known.map(permission => permission.name).sort()).toEqual(Object.keys(expectedOfKnown).sort());
  });

  it.each(known.map(permission => [permission.name, permission] as const))('decides %s', async (name, permission) => {
    expect(await decideForAll(policy, permission)).toBe(expectedOfKnown[name]);
  });

  it.each([
    ['kubernetes.proxy', undefined, nobody],
    ['kubernetes.proxy', 'read', nobody],
    ['kubernetes.resources.read', 'read', signedIn],
    ['streams.topic.read', 'read', signedIn],
    ['streams.message.read', 'read', admins],
    ['rollouts.pod-logs.read', 'read', admins],
    ['rollouts.something', undefined, admins],
    ['rollouts.something.update', 'update', admins],
    ['operations.freeze', 'create', admins],
    ['anything.delete', 'delete', admins],
  ] as const)(
    'decides %s with action %s, which nobody has thought of or which has a row of its own',
    async (...row) => {
      const [name, action, expected] = row;
      expect(await decideForAll(policy, unknown(name, action))).toBe(expected);
    },
  );

  it("limits an operator to what the operator's groups own", async () => {
    const claims = ['user:default/operator', 'group:default/todo-team', 'group:default/viewers'];
    expect(await policy.decide('operator', rollbackPermission)).toEqual({
      result: 'CONDITIONAL',
      pluginId: 'operations',
      resourceType: 'operation-plan',
      conditions: { rule: 'IS_OWNER', resourceType: 'operation-plan', params: { claims } },
    });
    expect(await policy.decide('operator', catalogEntityRefreshPermission)).toEqual({
      result: 'CONDITIONAL',
      pluginId: 'catalog',
      resourceType: 'catalog-entity',
      conditions: { rule: 'IS_ENTITY_OWNER', resourceType: 'catalog-entity', params: { claims } },
    });
  });

  it('limits tasks to whoever started them, and templates to the actions that are listed', async () => {
    const [taskRead, execute] = ['scaffolder.task.read', 'scaffolder.action.execute'].map(name =>
      scaffolderPermissions.find(permission => permission.name === name),
    );
    expect(await policy.decide('operator', taskRead!)).toMatchObject({
      pluginId: 'scaffolder',
      resourceType: 'scaffolder-task',
      conditions: { rule: 'IS_TASK_OWNER', params: { createdBy: expect.arrayContaining(['user:default/operator']) } },
    });
    const { conditions } = (await policy.decide('admin', execute!)) as { conditions?: object };
    const { anyOf } = conditions as { anyOf: { rule: string; params: { actionId: string } }[] };
    expect(anyOf.every(({ rule }) => rule === 'HAS_ACTION_ID')).toBe(true);
    const allowed = anyOf.map(({ params }) => params.actionId);
    expect(allowed).toEqual(expect.arrayContaining(['fetch:template', 'publish:gitea', 'operations:run']));
    expect(allowed.filter(id => /webhook|secret|actions:|pipeline|repo:/.test(id))).toEqual([]);
  });

  it('gives an operator nothing on resources that have no rule for owners', async () => {
    const other = createPermission({ name: 'x', attributes: { action: 'delete' }, resourceType: 'something-else' });
    expect(await decideForAll(policy, other)).toBe(admins);
  });
});

describe('without a guest', () => {
  it('denies the guest everything', async () => {
    await using policy = await startPolicy({ guest: false });
    expect((await policy.decide('guest', catalogEntityReadPermission)).result).toBe('DENY');
    expect((await policy.decide('viewer', catalogEntityReadPermission)).result).toBe('ALLOW');
  });
});

describe('a configuration that would give a role to nobody', () => {
  it.each([
    [{ role: 'owner', groups: [] }, "'owner' is not a role"],
    [{ role: 'guest', groups: [] }, "'guest' is not a role"],
    [{ role: 'admin', groups: ['platform-team'] }, "'platform-team' is not a full group reference"],
    [{ role: 'admin', groups: ['user:default/admin'] }, "'user:default/admin' is not a full group reference"],
  ])('stops the start: %j', async (assignment, message) => {
    const data = { permission: { enabled: true, leitstand: { roles: [assignment] } } };
    await expect(
      startTestBackend({
        features: [permissionPlugin, permissionModuleLeitstand, mockServices.rootConfig.factory({ data })],
      }),
    ).rejects.toThrow(message);
  });
});
