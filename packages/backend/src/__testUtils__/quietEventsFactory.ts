import { coreServices, createServiceFactory } from '@backstage/backend-plugin-api';
import { DefaultEventsService, eventsServiceRef, type EventsService } from '@backstage/plugin-events-node';

/**
 * Backstage's events, but one that fails because the server ends is dropped. The catalogue does not wait for what it publishes
 * of entities with errors: a process would log such a rejection, and Jest takes it for a failure of the tests.
 */
export const quietEventsFactory = createServiceFactory({
  service: eventsServiceRef,
  deps: {
    auth: coreServices.auth,
    config: coreServices.rootConfig,
    discovery: coreServices.discovery,
    lifecycle: coreServices.lifecycle,
    logger: coreServices.logger,
    pluginMetadata: coreServices.pluginMetadata,
    rootLogger: coreServices.rootLogger,
  },
  createRootContext: ({ rootLogger, config }) => DefaultEventsService.create({ logger: rootLogger, config }),
  factory({ pluginMetadata, ...services }, root): EventsService {
    const events = root.forPlugin(pluginMetadata.getId(), services);
    let hasEnded = false;
    services.lifecycle.addShutdownHook(() => {
      hasEnded = true;
    });
    return {
      subscribe: options => events.subscribe(options),
      publish: params =>
        events.publish(params).catch(error => {
          if (!hasEnded) throw error;
        }),
    };
  },
});
