import type { Entity } from '@backstage/catalog-model';
import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { catalogApiRef, EntityProvider, entityRouteRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { liveApiRef } from '@leitstand/plugin-kit-react';
import { TestLiveApi } from '@leitstand/plugin-kit-react/testUtils';
import { operationsApiRef, runRouteRef, type OperationsApi } from '@leitstand/plugin-operations-react';
import { availableRollback, idleOperationsApi } from '@leitstand/plugin-operations-react/testUtils';
import type { ReactElement } from 'react';
import { rolloutsApiRef, type RolloutsApi } from '../api';
import { fleetRouteRef } from '../routes';
import { entityOf, workloadListOf, workloadOf } from './testData';

/** What a test changes of the defaults. */
export interface RenderOverrides {
  rollouts?: Partial<RolloutsApi>;
  operations?: Partial<OperationsApi>;
  entity?: Entity;
  /** What the catalogue has. Default: nothing. */
  entities?: Entity[];
  /** Whether the permission framework allows. Default: true. */
  isAllowed?: boolean;
  /** Address. Default: `/`. */
  at?: string;
}

/** Renders on the page of an entity with a workload whose newest revision is broken; for tests. */
export function renderWithApis(element: ReactElement, overrides: RenderOverrides = {}) {
  const live = new TestLiveApi();
  const { isAllowed = true } = overrides;
  const rollouts: RolloutsApi = {
    getWorkload: async () => workloadOf(),
    listWorkloads: async () => workloadListOf(),
    streamPodLog: () => {
      throw new Error('This test reads no log');
    },
    listImages: () => new Promise(() => {}),
    listClusters: () => new Promise(() => {}),
    getCluster: () => new Promise(() => {}),
    listProviders: () => new Promise(() => {}),
    ...overrides.rollouts,
  };
  const operations = idleOperationsApi({
    listAvailable: async () => [availableRollback()],
    ...overrides.operations,
  });
  renderInTestApp(<EntityProvider entity={overrides.entity ?? entityOf()}>{element}</EntityProvider>, {
    apis: [
      [liveApiRef, live],
      [permissionApiRef, mockApis.permission({ authorize: isAllowed ? AuthorizeResult.ALLOW : AuthorizeResult.DENY })],
      [rolloutsApiRef, rollouts],
      [operationsApiRef, operations],
      [catalogApiRef, catalogApiMock({ entities: overrides.entities })],
    ],
    mountedRoutes: {
      '/activity/:id': runRouteRef,
      '/catalog/:namespace/:kind/:name': entityRouteRef,
      '/fleet': fleetRouteRef,
    },
    initialRouteEntries: [overrides.at ?? '/'],
  });
  return live;
}
