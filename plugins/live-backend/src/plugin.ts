import { coreServices, createBackendPlugin } from '@backstage/backend-plugin-api';
import { healthChecksServiceRef } from '@leitstand/plugin-kit-node';
import { liveServiceRef } from '@leitstand/plugin-live-node';
import { readLiveConfig } from './config';
import { LiveStreams } from './LiveStreams';
import { createRouter } from './router';

/** Streams what other plugins offer through `liveServiceRef`. */
export const livePlugin = createBackendPlugin({
  pluginId: 'live',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        health: healthChecksServiceRef,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        live: liveServiceRef,
      },
      async init(deps) {
        const streams = new LiveStreams({ live: deps.live, config: readLiveConfig(deps.config) });
        deps.health.add({ area: 'live', check: async () => streams.health });
        deps.lifecycle.addShutdownHook(() => streams.close());
        deps.httpRouter.use(createRouter({ httpAuth: deps.httpAuth, streams }));
      },
    });
  },
});
