import { sendWebMessageResponse, type AuthProviderFactory } from '@backstage/plugin-auth-node';
import { UpstreamError } from '@leitstand/plugin-kit-common';

/**
 * Lets a sign-in that cannot even begin tell the page that opened its popup why, as one that cannot be finished does. Otherwise
 * the popup shows a person the JSON of an error, and the page waits until the popup is closed.
 */
export function tellPopup(factory: AuthProviderFactory): AuthProviderFactory {
  return context => {
    const routes = factory(context);
    return {
      async start(request, response) {
        try {
          await routes.start(request, response);
        } catch (error) {
          if (!(error instanceof UpstreamError) || request.query.flow === 'redirect') throw error;
          const { name, message, code, statusCode } = error;
          // Whoever asked for an origin that is not allowed was refused before the provider was asked.
          const { origin } = new URL(request.query.origin?.toString() ?? context.appUrl);
          const told = { name, message, code };
          sendWebMessageResponse(response.status(statusCode), origin, { type: 'authorization_response', error: told });
        }
      },
      frameHandler: (request, response) => routes.frameHandler(request, response),
      refresh: async (request, response) => routes.refresh?.(request, response),
      logout: async (request, response) => routes.logout?.(request, response),
    };
  };
}
