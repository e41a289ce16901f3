import {
  coreServices,
  createServiceFactory,
  type BackendFeature,
  type BackstageCredentials,
} from '@backstage/backend-plugin-api';
import { mockCredentials, mockServices, startTestBackend } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult, type Permission, type PolicyDecision } from '@backstage/plugin-permission-common';
import {
  isFinished,
  OperationsClient,
  operationsApprovePermission,
  operationsBreakGlassPermission,
  operationsFreezePermission,
  type Run,
} from '@leitstand/plugin-operations-common';
import { createOperationConditionalDecision, operationConditions } from '@leitstand/plugin-operations-node';
import type { Knex } from 'knex';
import operationsPlugin from '../plugin';
import { LampServer } from './LampServer';
import { lampAnnotation, lampModule, lampSwitchPermission } from './lampModule';

export { codeOf } from '@leitstand/plugin-kit-node/testUtils';

/** People of the tests: an administrator, an owner, somebody of another team, and one who may only look. */
export const people = {
  admin: 'user:default/adam',
  owner: 'user:default/olga',
  other: 'user:default/otto',
  viewer: 'user:default/vera',
  stranger: 'user:default/stranger',
} as const;

const groupOf: Record<string, string | undefined> = {
  [people.admin]: 'group:default/admins',
  [people.owner]: 'group:default/hall-team',
  [people.other]: 'group:default/garden-team',
};

const forAdmins = [operationsBreakGlassPermission.name, operationsFreezePermission.name];

function decide(permission: Permission, credentials: BackstageCredentials): PolicyDecision {
  const user = (credentials.principal as { userEntityRef: string }).userEntityRef;
  if (user === people.stranger) return { result: AuthorizeResult.DENY };
  if (user === people.admin || permission.attributes.action === 'read') return { result: AuthorizeResult.ALLOW };
  const group = groupOf[user];
  if (group === undefined || forAdmins.includes(permission.name)) return { result: AuthorizeResult.DENY };
  if (permission.name === operationsApprovePermission.name) return { result: AuthorizeResult.ALLOW };
  return createOperationConditionalDecision(lampSwitchPermission, operationConditions.isOwner({ claims: [group] }));
}

function permissionsFeature(decideOtherwise: DoorTestOptions['decide']): BackendFeature {
  const answer = async (
    requests: Array<{ permission: Permission }>,
    options: { credentials: BackstageCredentials } | undefined,
  ) =>
    requests.map(
      ({ permission }) =>
        decideOtherwise?.(permission, options!.credentials) ?? decide(permission, options!.credentials),
    );
  return mockServices.permissions.mock({ authorize: answer as never, authorizeConditional: answer as never }).factory;
}

const userInfoFeature = createServiceFactory({
  service: coreServices.userInfo,
  deps: {},
  factory: () => ({
    async getUserInfo({ principal }) {
      const { userEntityRef } = principal as { userEntityRef: string };
      const group = groupOf[userEntityRef];
      return { userEntityRef, ownershipEntityRefs: group === undefined ? [userEntityRef] : [userEntityRef, group] };
    },
  }),
});

function component(name: string, options: { lamp?: string; owner?: string }): Entity {
  const annotations =
    options.lamp === undefined
      ? undefined
      : {
          [lampAnnotation]: options.lamp,
          'backstage.io/kubernetes-cluster': 'house',
          'backstage.io/kubernetes-namespace': options.lamp.split('-')[0],
        };
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name, namespace: 'default', annotations, labels: { team: options.owner ?? 'hall-team' } },
    spec: { type: 'lamp', lifecycle: 'production', owner: options.owner ?? 'hall-team' },
  };
}

const entities = [
  component('hall', { lamp: 'hall-1' }),
  component('impostor', { lamp: 'hall-1', owner: 'garden-team' }),
  component('explosive', { lamp: 'explosive' }),
  component('unlit', {}),
];

const data = {
  leitstand: { ownership: [{ group: 'hall-team', kubernetes: [{ cluster: 'house', namespaces: ['hall'] }] }] },
  operations: {
    environments: [{ name: 'production', clusters: ['house'], namespaces: ['hall'] }, { name: 'development' }],
    policies: [{ environment: 'production', reason: 'required', confirmation: 'required' }],
  },
};

/** A client of the door for whoever the header says. */
function clientOf(baseUrl: string, authorization: string): OperationsClient {
  return new OperationsClient({
    discoveryApi: { getBaseUrl: async () => `${baseUrl}/api/operations` },
    fetchApi: {
      fetch: (input, init) => fetch(input, { ...init, headers: { ...init?.headers, Authorization: authorization } }),
    },
  });
}

/** What a test can have otherwise. */
export interface DoorTestOptions {
  lamps?: LampServer;
  features?: BackendFeature[];
  /** Added to the key `operations` of the configuration. */
  operations?: object;
  /** What the policy says; undefined where it says what it always does. */
  decide?(permission: Permission, credentials: BackstageCredentials): PolicyDecision | undefined;
}

/** Starts the door with lamps behind it, on a database of the test. */
export async function startDoor(knex: Knex, options: DoorTestOptions = {}) {
  const lamps = options.lamps ?? (await LampServer.start());
  if (!options.lamps) lamps.lamps.set('hall-1', { state: 'off', generation: 1 });
  const backend = await startTestBackend({
    features: [
      operationsPlugin,
      mockServices.rootConfig.factory({
        data: { ...data, operations: { ...data.operations, ...options.operations } },
      }),
      mockServices.database.factory({ knex }),
      catalogServiceMock.factory({ entities }),
      permissionsFeature(options.decide),
      userInfoFeature,
      ...(options.features ?? [lampModule(lamps)]),
    ],
  });
  const baseUrl = `http://localhost:${backend.server.port()}`;
  const client = (person: string) => clientOf(baseUrl, mockCredentials.user.header(person));
  const service = (subject: string) => {
    const token = { onBehalfOf: mockCredentials.service(subject), targetPluginId: 'operations' };
    return clientOf(baseUrl, mockCredentials.service.header(token));
  };
  return {
    backend,
    baseUrl,
    lamps,
    client,
    service,
    async [Symbol.asyncDispose]() {
      await backend.stop();
      if (!options.lamps) await lamps[Symbol.asyncDispose]();
    },
  };
}

/** Waits for a state of a run; the end, unless told otherwise. */
export async function runUntil(
  client: OperationsClient,
  id: string,
  isReached: (run: Run) => boolean = run => isFinished(run.state),
): Promise<Run> {
  for (;;) {
    const run = await client.getRun(id);
    if (isReached(run)) return run;
    await new Promise(resolve => setTimeout(resolve, 10));
  }
}

/** The plan that most tests make. */
export const switchHall = { operation: 'lamps-switch', entityRef: 'component:default/hall', input: { state: 'on' } };

/** Waits for something that happens elsewhere. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise(resolve => setTimeout(resolve, 5));
}
