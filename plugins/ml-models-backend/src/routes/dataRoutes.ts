import { authorize } from '@leitstand/plugin-kit-node';
import {
  datasetRefSchema,
  modelReadPermission,
  predictPermission,
  queryEstimateRequestSchema,
} from '@leitstand/plugin-ml-models-common';
import type express from 'express';
import type { RouteContext } from './RouteContext';

/** `GET /v1/datasets`, `GET /v1/datasets/:project/:dataset/tables` and `POST /v1/queries/estimate`. */
export function addDataRoutes(router: express.Router, { route, permissions, datasets, estimator }: RouteContext): void {
  router.get(
    '/v1/datasets',
    route({}, async ({ credentials }) => {
      await authorize(permissions, modelReadPermission, credentials);
      return datasets.list();
    }),
  );
  router.get(
    '/v1/datasets/:project/:dataset/tables',
    route({ params: datasetRefSchema }, async ({ params, credentials }) => {
      await authorize(permissions, modelReadPermission, credentials);
      return datasets.listTables(params);
    }),
  );
  router.post(
    '/v1/queries/estimate',
    route({ body: queryEstimateRequestSchema }, async ({ body, credentials, signal }) => {
      await authorize(permissions, predictPermission, credentials);
      return estimator.estimate(body, signal);
    }),
  );
}
