import {
  createApiFactory,
  createApiRef,
  discoveryApiRef,
  fetchApiRef,
  type AnyApiFactory,
} from '@backstage/core-plugin-api';
import { RolloutsClient } from '@leitstand/plugin-rollouts-common';

/** What the components need of the rollouts area; `RolloutsClient` is the real one. */
export type RolloutsApi = Pick<RolloutsClient, keyof RolloutsClient>;

/** The state of clusters and workloads. */
export const rolloutsApiRef = createApiRef<RolloutsApi>({ id: 'plugin.rollouts.api' });

/** Makes a `RolloutsClient` that carries the signed-in person's token. */
export const rolloutsApiFactory: AnyApiFactory = createApiFactory({
  api: rolloutsApiRef,
  deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
  factory: ({ discoveryApi, fetchApi }) => new RolloutsClient({ discoveryApi, fetchApi }),
});
