import { authorize } from '@leitstand/plugin-kit-node';
import {
  modelRefSchema,
  predictPermission,
  predictRequestSchema,
  servingCallRequestSchema,
} from '@leitstand/plugin-ml-models-common';
import type express from 'express';
import type { RouteContext } from './RouteContext';

/** Below `/v1/models/:project/:dataset/:model`: `predictions`, `prediction-estimates`, `residuals` and `serving-calls`. */
export function addPredictionRoutes(router: express.Router, context: RouteContext): void {
  const { route, permissions, predictions, residuals, serving } = context;
  const path = '/v1/models/:project/:dataset/:model';
  router.get(
    `${path}/predictions`,
    route({ params: modelRefSchema }, async ({ params, credentials }) => {
      await authorize(permissions, predictPermission, credentials);
      return { items: await predictions.listRecent(params, credentials.principal.userEntityRef) };
    }),
  );
  router.post(
    `${path}/predictions`,
    route({ params: modelRefSchema, body: predictRequestSchema }, async ({ params, body, credentials, signal }) => {
      await authorize(permissions, predictPermission, credentials);
      return predictions.predict(params, body, { person: credentials.principal.userEntityRef, signal });
    }),
  );
  router.post(
    `${path}/prediction-estimates`,
    route({ params: modelRefSchema, body: predictRequestSchema }, async ({ params, body, credentials, signal }) => {
      await authorize(permissions, predictPermission, credentials);
      return predictions.estimate(params, body, signal);
    }),
  );
  router.post(
    `${path}/residuals`,
    route({ params: modelRefSchema }, async ({ params, credentials, signal }) => {
      await authorize(permissions, predictPermission, credentials);
      return residuals.get(params, signal);
    }),
  );
  router.post(
    `${path}/serving-calls`,
    route({ params: modelRefSchema, body: servingCallRequestSchema }, async ({ params, body, credentials, signal }) => {
      await authorize(permissions, predictPermission, credentials);
      return serving.call(params, body, signal);
    }),
  );
}
