import { createExtensionBlueprint, createExtensionDataRef } from '@backstage/frontend-plugin-api';

/** An area whose backend tells how it is connected to its upstreams. */
export interface ConnectionSource {
  /** Backend plugin that answers `GET /v1/connections`, for example `rollouts`. */
  pluginId: string;
  /** What the area is called to people, for example `Clusters and workloads`. */
  title: string;
}

const sourceDataRef = createExtensionDataRef<ConnectionSource>().with({ id: 'leitstand.connection-source' });

/** An extension through which an area puts its upstreams on the Connections page. */
export const ConnectionSourceBlueprint = createExtensionBlueprint({
  kind: 'connection-source',
  attachTo: { id: 'sub-page:connections/upstreams', input: 'sources' },
  output: [sourceDataRef],
  dataRefs: { source: sourceDataRef },
  *factory(params: ConnectionSource) {
    yield sourceDataRef(params);
  },
});
