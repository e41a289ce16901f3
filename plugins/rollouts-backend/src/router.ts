import type { HttpAuthService } from '@backstage/backend-plugin-api';
import { createRouteFactory } from '@leitstand/plugin-kit-node';
import type express from 'express';
import Router from 'express-promise-router';
import { addClusterRoutes } from './routes/clusterRoutes';
import { addProviderRoutes } from './routes/providerRoutes';
import { addConnectionRoute } from './routes/connectionRoute';
import { addPodLogRoute } from './routes/podLogRoute';
import type { RouteContext } from './routes/RouteContext';
import { addWorkloadRoutes } from './routes/workloadRoutes';

/** What the area's routes stand on. */
export interface RouterOptions extends Omit<RouteContext, 'route'> {
  httpAuth: HttpAuthService;
}

/** All routes of the area. */
export function createRouter(options: RouterOptions): express.Router {
  const router = Router();
  const context = { ...options, route: createRouteFactory({ httpAuth: options.httpAuth }) };
  addWorkloadRoutes(router, context);
  addClusterRoutes(router, context);
  addPodLogRoute(router, context);
  addConnectionRoute(router, context);
  addProviderRoutes(router, context);
  return router;
}
