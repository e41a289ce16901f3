import { mockCredentials, mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { errorCodeOf } from '@leitstand/plugin-kit-common';
import { RolloutsClient } from '@leitstand/plugin-rollouts-common';
import rolloutsPlugin from '../plugin';
import { portalConfigOf } from './homelabConfig';

type Decide = (permission: string) => AuthorizeResult;

/** A backend with the plugin that reads these clusters, and one that it does not read. Everybody is decided about alike. */
export async function startPortal(
  clusters: Parameters<typeof portalConfigOf>[0],
  decision: AuthorizeResult | Decide = AuthorizeResult.ALLOW,
) {
  const decide: Decide = typeof decision === 'function' ? decision : () => decision;
  const data = portalConfigOf(clusters);
  const [locator] = data.kubernetes.clusterLocatorMethods;
  locator.clusters.push({ ...locator.clusters[0], name: 'elsewhere', authProvider: 'aws' });
  const backend = await startTestBackend({
    features: [
      rolloutsPlugin,
      mockServices.rootConfig.factory({ data }),
      mockServices.permissions.mock({
        authorize: async requests => requests.map(({ permission }) => ({ result: decide(permission.name) })) as never,
      }).factory,
    ],
  });
  const baseUrl = `http://localhost:${backend.server.port()}/api/rollouts`;
  const clientWith = (authorization: string) =>
    new RolloutsClient({
      discoveryApi: { getBaseUrl: async () => baseUrl },
      fetchApi: {
        fetch: (input, init) => fetch(input, { ...init, headers: { ...init?.headers, Authorization: authorization } }),
      },
    });
  return {
    baseUrl,
    clientWith,
    client: clientWith(mockCredentials.user.header()),
    [Symbol.asyncDispose]: async () => {
      await backend.stop();
    },
  };
}

/** How a call was refused. */
export async function refusalOf(promise: Promise<unknown>) {
  const error = await promise.then(
    () => undefined,
    reason => reason as { statusCode?: number; message: string; body?: unknown },
  );
  return { status: error?.statusCode, code: errorCodeOf(error), body: JSON.stringify(error?.body) };
}
