import type { AuditorService, HttpAuthService, PermissionsService } from '@backstage/backend-plugin-api';
import { createRouteFactory } from '@leitstand/plugin-kit-node';
import express, { type Router } from 'express';
import PromiseRouter from 'express-promise-router';
import type { RunStore } from './database/RunStore';
import { addOperationRoutes } from './routes/operationRoutes';
import { addPlanRoutes } from './routes/planRoutes';
import { addRunRoutes } from './routes/runRoutes';
import type { AvailabilityService } from './services/AvailabilityService';
import type { PlanService } from './services/PlanService';
import type { RunService } from './services/RunService';

/** What the routes stand on. */
export interface RouterOptions {
  httpAuth: HttpAuthService;
  permissions: PermissionsService;
  auditor: AuditorService;
  availability: AvailabilityService;
  planService: PlanService;
  runService: RunService;
  runs: RunStore;
}

/** What each group of routes gets. */
export interface RouteDependencies extends Omit<RouterOptions, 'httpAuth'> {
  route: ReturnType<typeof createRouteFactory>;
}

/** The door's routes; `OperationsClient` speaks them. */
export function createRouter(options: RouterOptions): Router {
  const router = PromiseRouter();
  const dependencies = { ...options, route: createRouteFactory(options) };
  router.use(express.json());
  addOperationRoutes(router, dependencies);
  addPlanRoutes(router, dependencies);
  addRunRoutes(router, dependencies);
  return router;
}
