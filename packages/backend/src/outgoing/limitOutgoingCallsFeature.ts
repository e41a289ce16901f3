import { readHttpServerOptions } from '@backstage/backend-defaults/rootHttpRouter';
import {
  coreServices,
  createServiceFactory,
  createServiceRef,
  type RootConfigService,
} from '@backstage/backend-plugin-api';
import { limitOutgoingCalls } from './limitOutgoingCalls';

/** Nobody asks for it: that it is there limits the calls. */
const outgoingLimitsServiceRef = createServiceRef<Disposable>({ id: 'leitstand.outgoingLimits', scope: 'root' });

/** Limits the calls of the process as long as the server runs. */
export const limitOutgoingCallsFeature = createServiceFactory({
  service: outgoingLimitsServiceRef,
  initialization: 'always',
  deps: { config: coreServices.rootConfig, lifecycle: coreServices.rootLifecycle },
  factory({ config, lifecycle }) {
    const limits = limitOutgoingCalls({ isOwn: ownOrigins(config) });
    lifecycle.addShutdownHook(() => limits[Symbol.dispose]());
    return limits;
  },
});

/** Its public address, and its port on this machine: the plugins call each other by one or the other. */
function ownOrigins(config: RootConfigService): (origin: URL) => boolean {
  const { origin: publicOrigin } = new URL(config.getString('backend.baseUrl'));
  const { host, port } = readHttpServerOptions(config.getConfig('backend')).listen;
  const names = ['localhost', '127.0.0.1', '[::1]', host];
  return origin => origin.origin === publicOrigin || (origin.port === String(port) && names.includes(origin.hostname));
}
