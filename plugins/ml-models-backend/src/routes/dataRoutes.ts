import { authorize } from '@leitstand/plugin-kit-node';
import { datasetRefSchema, modelReadPermission } from '@leitstand/plugin-ml-models-common';
import type express from 'express';
import type { RouteContext } from './RouteContext';

/** `GET /v1/datasets` and `GET /v1/datasets/:project/:dataset/tables`. */
export function addDataRoutes(router: express.Router, { route, permissions, datasets }: RouteContext): void {
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
}
