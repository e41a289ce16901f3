import type { HttpAuthService } from '@backstage/backend-plugin-api';
import { createRouteFactory } from '@leitstand/plugin-kit-node';
import express from 'express';
import PromiseRouter from 'express-promise-router';
import { addConnectionRoute } from './routes/connectionRoute';
import { addDataRoutes } from './routes/dataRoutes';
import { addJobRoutes } from './routes/jobRoutes';
import { addModelRoutes } from './routes/modelRoutes';
import { addPredictionRoutes } from './routes/predictionRoutes';
import type { RouteContext } from './routes/RouteContext';

/** What the area's routes stand on. */
export interface RouterOptions extends Omit<RouteContext, 'route'> {
  httpAuth: HttpAuthService;
}

/** Most bytes of a request: a thousand rows of a prediction. */
const maxBody = '2mb';

/** All routes of the area. */
export function createRouter(options: RouterOptions): express.Router {
  const router = PromiseRouter();
  const context = { ...options, route: createRouteFactory({ httpAuth: options.httpAuth }) };
  router.use(express.json({ limit: maxBody }));
  addModelRoutes(router, context);
  addPredictionRoutes(router, context);
  addDataRoutes(router, context);
  addJobRoutes(router, context);
  addConnectionRoute(router, context);
  return router;
}
