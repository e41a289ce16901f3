import { createRouteFactory } from '@leitstand/plugin-kit-node';
import express, { type Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { addDecisionRoutes } from './routes/decisionRoutes';
import { addFreezeRoutes } from './routes/freezeRoutes';
import { addOperationRoutes } from './routes/operationRoutes';
import { addPlanRoutes } from './routes/planRoutes';
import type { RouteDependencies, RouterOptions } from './routes/RouteDependencies';
import { addRunRoutes } from './routes/runRoutes';

/** The door's routes; `OperationsClient` speaks them. */
export function createRouter(options: RouterOptions): Router {
  const router = PromiseRouter();
  const { httpAuth, callers } = options;
  const dependencies: RouteDependencies = {
    ...options,
    route: createRouteFactory({ httpAuth }),
    callerRoute: createRouteFactory({
      httpAuth,
      callers: ['user', 'service'],
      admit: credentials => void callers.of(credentials),
    }),
    followerRoute: createRouteFactory({
      httpAuth,
      callers: ['user', 'service'],
      admit: credentials => callers.assertMayFollow(credentials),
    }),
  };
  // Rows may come with an order: a CSV of a million characters, escaped.
  router.use(express.json({ limit: '4mb' }));
  addOperationRoutes(router, dependencies);
  addPlanRoutes(router, dependencies);
  addRunRoutes(router, dependencies);
  addDecisionRoutes(router, dependencies);
  addFreezeRoutes(router, dependencies);
  return router;
}
