import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { EntityProvider, entityRouteRef } from '@backstage/plugin-catalog-react';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { liveApiRef } from '@leitstand/plugin-kit-react';
import { operationsApiRef, runRouteRef, type OperationsApi } from '@leitstand/plugin-operations-react';
import { idleOperationsApi } from '@leitstand/plugin-operations-react/testUtils';
import type { Entity } from '@backstage/catalog-model';
import type { ReactElement } from 'react';
import { mlModelsApiRef, type MlModelsApi } from '../api';
import { modelsRouteRef } from '../routes';
import { entityOf, featuresOf, modelListOf, modelOf, predictionsOf } from './testData';

/** What a test changes of the defaults. */
export interface RenderOverrides {
  models?: Partial<MlModelsApi>;
  operations?: Partial<OperationsApi>;
  entity?: Entity;
  /** Address. Default: `/`. */
  at?: string;
}

const never = () => new Promise<never>(() => {});

/** The area's client; what a test does not name answers like a linear model that is well, or never. */
export function mlModelsApiOf(overrides: Partial<MlModelsApi> = {}): MlModelsApi {
  return {
    getModel: async () => modelOf(),
    listModels: async () => modelListOf(),
    getFeatures: async () => featuresOf(),
    estimatePrediction: async () => ({
      bytesProcessed: 2048,
      maximumBytesBilled: 1024 ** 3,
      cost: { amount: 0.0000001, currency: 'USD' },
    }),
    predict: async () => predictionsOf(),
    listRecentPredictions: async () => [],
    listJobs: async () => ({ items: [] }),
    ...{ getResiduals: never, callServing: never, getUsage: never, listDatasets: never, listTables: never },
    ...{ estimateQuery: never, listConnections: never },
    ...overrides,
  };
}

/** Renders on the page of an entity with a model; for tests. */
export function renderWithApis(element: ReactElement, overrides: RenderOverrides = {}) {
  return renderInTestApp(<EntityProvider entity={overrides.entity ?? entityOf()}>{element}</EntityProvider>, {
    apis: [
      [liveApiRef, { subscribe: () => () => {} }],
      [permissionApiRef, mockApis.permission()],
      [mlModelsApiRef, mlModelsApiOf(overrides.models)],
      [operationsApiRef, idleOperationsApi(overrides.operations)],
    ],
    mountedRoutes: {
      '/activity/:id': runRouteRef,
      '/catalog/:namespace/:kind/:name': entityRouteRef,
      '/models': modelsRouteRef,
    },
    initialRouteEntries: [overrides.at ?? '/'],
  });
}
