import { createApiRef, type AnyApiFactory } from '@backstage/core-plugin-api';
import { PortalHealthClient } from '@leitstand/plugin-connections-common';
import { connectionListSchema, JsonClient, type ConnectionList } from '@leitstand/plugin-kit-common';
import { createClientFactory } from '@leitstand/plugin-kit-react';

/** Which connections to list. */
export interface ConnectionsRequest {
  /** Backend plugin that knows them. */
  pluginId: string;
  /** Check now instead of answering from the last check. */
  isRefresh: boolean;
  signal?: AbortSignal;
}

/** How the areas' backends are connected to their upstreams. */
export interface ConnectionsApi {
  /** @throws ResponseError */
  listConnections(request: ConnectionsRequest): Promise<ConnectionList>;
}

/** Reference to {@link ConnectionsApi}. */
export const connectionsApiRef = createApiRef<ConnectionsApi>({ id: 'plugin.connections.api' });

/** Asks each area's own backend, with the signed-in person's token. */
export const connectionsApiFactory: AnyApiFactory = createClientFactory(connectionsApiRef, sources => ({
  listConnections: ({ pluginId, isRefresh, signal }) =>
    new JsonClient({ pluginId, ...sources }).request({
      path: '/v1/connections',
      query: { refresh: isRefresh ? 'true' : undefined },
      response: connectionListSchema,
      signal,
    }),
}));

/** How the portal itself is. */
export type PortalHealthApi = Pick<PortalHealthClient, 'getPortalHealth'>;

/** Reference to {@link PortalHealthApi}. */
export const portalHealthApiRef = createApiRef<PortalHealthApi>({ id: 'plugin.connections.portal-health' });

/** Asks the backend of this plugin. */
export const portalHealthApiFactory: AnyApiFactory = createClientFactory(
  portalHealthApiRef,
  sources => new PortalHealthClient(sources),
);
