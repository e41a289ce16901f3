import { authorize } from '@leitstand/plugin-kit-node';
import {
  modelListQuerySchema,
  modelReadPermission,
  modelRefSchema,
  predictPermission,
} from '@leitstand/plugin-ml-models-common';
import type express from 'express';
import type { RouteContext } from './RouteContext';

/** `GET /v1/models`, `GET /v1/models/:project/:dataset/:model` and its `/features`. */
export function addModelRoutes(router: express.Router, context: RouteContext): void {
  const { route, permissions, modelList, models, features } = context;
  router.get(
    '/v1/models',
    route({ query: modelListQuerySchema }, async ({ query, credentials }) => {
      await authorize(permissions, modelReadPermission, credentials);
      return modelList.list(query);
    }),
  );
  router.get(
    '/v1/models/:project/:dataset/:model',
    route({ params: modelRefSchema }, async ({ params, credentials }) => {
      await authorize(permissions, modelReadPermission, credentials);
      return models.get(params);
    }),
  );
  router.get(
    '/v1/models/:project/:dataset/:model/features',
    route({ params: modelRefSchema }, async ({ params, credentials }) => {
      await authorize(permissions, predictPermission, credentials);
      return features.get(params);
    }),
  );
}
