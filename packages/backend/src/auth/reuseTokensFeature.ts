import { pluginTokenHandlerDecoratorServiceRef } from '@backstage/backend-defaults/auth';
import { createServiceFactory } from '@backstage/backend-plugin-api';
import { ReusedTokens } from './ReusedTokens';

/** Lets each plugin use the tokens with which plugins call each other again for a minute. */
export const reuseTokensFeature = createServiceFactory({
  service: pluginTokenHandlerDecoratorServiceRef,
  deps: {},
  factory: async () => handler => new ReusedTokens(handler),
});
