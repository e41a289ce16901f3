import { coreServices, createServiceFactory } from '@backstage/backend-plugin-api';
import { healthChecksServiceRef } from '@leitstand/plugin-kit-node';

/**
 * Backstage's health service, whose readiness also says how every area is: `areas` in the body of
 * `GET /.backstage/health/v1/readiness`. It is 503 until everything has started, from the wish to end on, and while an area
 * is down without which nobody can be served.
 */
export const rootHealthFeature = createServiceFactory({
  service: coreServices.rootHealth,
  deps: { lifecycle: coreServices.rootLifecycle, checks: healthChecksServiceRef },
  factory({ lifecycle, checks }) {
    let problem: string | undefined = 'The server has not started yet';
    lifecycle.addStartupHook(() => {
      problem = undefined;
    });
    lifecycle.addBeforeShutdownHook(() => {
      problem = 'The server is about to end';
    });
    return {
      getLiveness: async () => ({ status: 200, payload: { status: 'ok' } }),
      async getReadiness() {
        if (problem) return { status: 503, payload: { status: 'error', message: problem } };
        const areas = (await checks.report()).map(health => ({ ...health }));
        const isReady = !areas.some(({ isRequired, state }) => isRequired && state === 'down');
        return { status: isReady ? 200 : 503, payload: { status: isReady ? 'ok' : 'error', areas } };
      },
    };
  },
});
