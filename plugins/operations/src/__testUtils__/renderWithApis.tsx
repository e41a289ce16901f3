import type { Entity } from '@backstage/catalog-model';
import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { identityApiRef } from '@backstage/core-plugin-api';
import { catalogApiRef, EntityProvider, entityRouteRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { liveApiRef, type LiveApi, type LiveListener } from '@leitstand/plugin-kit-react';
import type { Freeze, Run, RunPermissions } from '@leitstand/plugin-operations-common';
import {
  activityRouteRef,
  operationsApiRef,
  runRouteRef,
  type OperationsApi,
} from '@leitstand/plugin-operations-react';
import type { ReactElement } from 'react';

const entity: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'backend', namespace: 'default' },
};

/** A run that succeeded; for tests. */
export function runOf(overrides: Partial<Run> = {}): Run {
  return {
    id: '9c1d5c26-3b5f-4c43-8c4b-3df5a8d7f002',
    planId: '5b4a3b1e-8c5c-4f0e-9a55-0b1f6a3f6a01',
    operation: 'rollouts-rollback',
    title: 'Roll back',
    summary: 'Roll back backend from revision 4 to revision 3',
    entityRef: 'component:default/backend',
    target: { system: 'homelab-k3s', cluster: 'homelab-k3s', namespace: 'shop', kind: 'Deployment', name: 'backend' },
    environment: 'production',
    requester: 'user:default/olivia',
    reason: 'The image does not exist',
    changes: [{ label: 'image of container backend', before: 'backend:1.5.0', after: 'backend:1.4.2' }],
    state: 'succeeded',
    steps: [{ key: 'patch', title: 'Patch the Deployment', kind: 'apply', state: 'done' }],
    heldBy: [],
    undo: { isPossible: true, note: 'Roll back to revision 4.' },
    face: 'portal',
    result: 'backend runs revision 5.',
    createdAt: '2026-03-01T08:00:00.000Z',
    startedAt: '2026-03-01T08:00:01.000Z',
    finishedAt: '2026-03-01T08:00:04.500Z',
    ...overrides,
  };
}

/** A freeze of production until far in the future; for tests. */
export function freezeOf(overrides: Partial<Freeze> = {}): Freeze {
  return {
    id: '2f0d6f6e-0c55-4d6b-8a34-9b8a5f1b7001',
    scope: { environment: 'production' },
    reason: 'Black Friday',
    startsAt: '2026-03-01T07:00:00.000Z',
    endsAt: '2099-03-02T07:00:00.000Z',
    createdBy: 'user:default/ada',
    createdAt: '2026-02-28T07:00:00.000Z',
    state: 'active',
    ...overrides,
  };
}

/** A run that waits for the yes of user:default/olivia; for tests. */
export function waitingRunOf(overrides: Partial<Run> = {}): Run {
  return runOf({
    state: 'awaiting-approval',
    requester: 'user:default/peter',
    steps: [],
    result: undefined,
    startedAt: undefined,
    finishedAt: undefined,
    approval: {
      kind: 'approval',
      state: 'waiting',
      approvers: ['group:default/platform-team'],
      expiresAt: '2099-03-01T12:00:00.000Z',
    },
    ...overrides,
  });
}

/** What a person may do with a run; by default stop it and take it back. For tests. */
export function permissionsOf(overrides: Partial<RunPermissions> = {}): RunPermissions {
  return {
    approve: { isAllowed: false, refusal: 'You asked for it yourself.' },
    cancel: { isAllowed: true },
    undo: { isAllowed: true },
    breakGlass: { isAllowed: false },
    ...overrides,
  };
}

/** Renders as user:default/olivia on the page of component:default/backend; for tests. */
export function renderWithApis(
  element: ReactElement,
  options: {
    operations?: Partial<OperationsApi>;
    path?: string;
    at?: string;
    /** Whether the permission framework allows. Default: true. */
    isAllowed?: boolean;
  } = {},
) {
  const listeners = new Map<string, LiveListener>();
  const live: LiveApi = {
    subscribe: (topic, listener) => {
      listeners.set(topic, listener);
      return () => listeners.delete(topic);
    },
  };
  const never = () => new Promise<never>(() => {});
  const operations: OperationsApi = {
    listAvailable: async () => [],
    getRun: async () => runOf(),
    listRuns: async () => ({ items: [runOf()] }),
    listFreezes: async () => [],
    listApprovals: async () => ({ items: [] }),
    getRunPermissions: async () => permissionsOf(),
    ...{ plan: never, getPlan: never, planUndo: never, run: never, approveRun: never, rejectRun: never },
    ...{ breakGlass: never, cancelRun: never, exportRuns: never, createFreeze: never, endFreeze: never },
    ...options.operations,
  };
  renderInTestApp(<EntityProvider entity={entity}>{element}</EntityProvider>, {
    apis: [
      [liveApiRef, live],
      [operationsApiRef, operations],
      [catalogApiRef, catalogApiMock({ entities: [entity] })],
      [
        permissionApiRef,
        mockApis.permission({ authorize: options.isAllowed === false ? AuthorizeResult.DENY : AuthorizeResult.ALLOW }),
      ],
      [identityApiRef, mockApis.identity({ userEntityRef: 'user:default/olivia' })],
    ],
    mountPath: options.path,
    initialRouteEntries: [options.at ?? '/'],
    mountedRoutes: {
      '/activity': activityRouteRef,
      '/activity/runs/:id': runRouteRef,
      '/catalog/:namespace/:kind/:name': entityRouteRef,
    },
  });
  return { send: (topic: string, run: Run) => listeners.get(topic)?.onMessage(run), listeners };
}
