import type { Entity } from '@backstage/catalog-model';
import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { identityApiRef } from '@backstage/core-plugin-api';
import { catalogApiRef, EntityProvider, entityRouteRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { scaffolderApiRef, type ScaffolderApi, type ScaffolderTask } from '@backstage/plugin-scaffolder-react';
import { liveApiRef } from '@leitstand/plugin-kit-react';
import { TestLiveApi } from '@leitstand/plugin-kit-react/testUtils';
import type { Run } from '@leitstand/plugin-operations-common';
import {
  activityRouteRef,
  operationsApiRef,
  runRouteRef,
  type OperationsApi,
} from '@leitstand/plugin-operations-react';
import {
  approvalOf,
  idleOperationsApi,
  permissionsOf,
  runOf as anyRunOf,
} from '@leitstand/plugin-operations-react/testUtils';
import type { ReactElement } from 'react';
import { taskRouteRef } from '../routes';

const entity: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'backend', namespace: 'default' },
};

/** A run that succeeded; for tests. */
export function runOf(overrides: Partial<Run> = {}): Run {
  return anyRunOf({
    state: 'succeeded',
    steps: [{ key: 'patch', title: 'Patch the Deployment', kind: 'apply', state: 'done' }],
    changes: [{ label: 'image of container backend', before: 'backend:1.5.0', after: 'backend:1.4.2' }],
    result: 'backend runs revision 5.',
    finishedAt: '2026-03-01T08:00:04.500Z',
    ...overrides,
  });
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
    approval: approvalOf(),
    ...overrides,
  });
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
    /** How the task stands that the scaffolder knows. Default: it has ended. */
    taskStatus?: ScaffolderTask['status'];
  } = {},
) {
  const live = new TestLiveApi();
  const operations = idleOperationsApi({
    getRun: async () => runOf(),
    listRuns: async () => ({ items: [runOf()] }),
    getRunPermissions: async () => permissionsOf(),
    ...options.operations,
  });
  renderInTestApp(<EntityProvider entity={entity}>{element}</EntityProvider>, {
    apis: [
      [liveApiRef, live],
      [operationsApiRef, operations],
      [catalogApiRef, catalogApiMock({ entities: [entity] })],
      [
        permissionApiRef,
        mockApis.permission({ authorize: options.isAllowed === false ? AuthorizeResult.DENY : AuthorizeResult.ALLOW }),
      ],
      [
        scaffolderApiRef,
        { getTask: async () => ({ status: options.taskStatus ?? 'completed' }) } as unknown as ScaffolderApi,
      ],
      [identityApiRef, mockApis.identity({ userEntityRef: 'user:default/olivia' })],
    ],
    mountPath: options.path,
    initialRouteEntries: [options.at ?? '/'],
    mountedRoutes: {
      '/create/tasks/:taskId': taskRouteRef,
      '/activity': activityRouteRef,
      '/activity/runs/:id': runRouteRef,
      '/catalog/:namespace/:kind/:name': entityRouteRef,
    },
  });
  return live;
}
