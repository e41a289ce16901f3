import { createApiRef, type AnyApiFactory } from '@backstage/core-plugin-api';
import { createClientFactory } from '@leitstand/plugin-kit-react';
import { RolloutsClient } from '@leitstand/plugin-rollouts-common';

/** What the components need of the rollouts area; `RolloutsClient` is the real one. */
export type RolloutsApi = Pick<RolloutsClient, keyof RolloutsClient>;

/** The state of clusters and workloads. */
export const rolloutsApiRef = createApiRef<RolloutsApi>({ id: 'plugin.rollouts.api' });

/** Makes a `RolloutsClient` that carries the signed-in person's token. */
export const rolloutsApiFactory: AnyApiFactory = createClientFactory(
  rolloutsApiRef,
  sources => new RolloutsClient(sources),
);
