import { rootHttpRouterServiceFactory } from '@backstage/backend-defaults/rootHttpRouter';
import { NotAllowedError } from '@backstage/errors';
import type { Application, RequestHandler } from 'express';
import { identifyRequest } from './logging/requestId';
import { measureRequests } from './metrics/measureRequests';
import { drainConnections } from './drainConnections';

/** A route of a Backstage plugin that writes without asking the policy, or asks it too little. */
interface ClosedRoute {
  method: string;
  path: RegExp;
  because: string;
}

/** Routes that nobody can use: closing them here keeps "default deny for every write" true. */
const closedRoutes: readonly ClosedRoute[] = [
  {
    method: 'POST',
    path: /^\/api\/[^/]+\/\.backstage\/scheduler\//i,
    because: 'Triggers or cancels the tasks of a plugin for anybody who is signed in, guests included.',
  },
  {
    method: 'PUT',
    path: /^\/api\/catalog\/locations\//i,
    because: "Points anybody's registered location somewhere else; it asks only for the right to register.",
  },
];

/** The first closed route that a request is for. Repeated slashes count as one, as express counts them under a mount. */
function closedRouteFor(request: { method: string; path: string }): ClosedRoute | undefined {
  const path = request.path.replace(/\/{2,}/g, '/');
  return closedRoutes.find(route => route.method === request.method && route.path.test(path));
}

const refuseClosedRoutes: RequestHandler = (request, _response, next) => {
  const route = closedRouteFor(request);
  next(route && new NotAllowedError(`This route is closed to everybody. ${route.because}`));
};

/**
 * The server's HTTP router with {@link closedRoutes} in front, and an end in good order: the one place where this project
 * reaches into it.
 *
 * @param onApplication - told the express application before it listens, for tests that look at its routes
 */
export function createHttpRouterFeature(onApplication?: (application: Application) => void) {
  return rootHttpRouterServiceFactory({
    configure({ app, applyDefaults, lifecycle, server }) {
      app.use(drainConnections({ server, lifecycle }));
      app.use(identifyRequest, measureRequests(), refuseClosedRoutes);
      applyDefaults();
      onApplication?.(app);
    },
  });
}
