import { mockServices } from '@backstage/backend-test-utils';
import { stringifyEntityRef } from '@backstage/catalog-model';
import type { Config } from '@backstage/config';
import type { EntityProviderMutation } from '@backstage/plugin-catalog-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { EntityLookup, ProviderStatusStore } from '@leitstand/plugin-discovery-node';
import { DatabaseLease } from '@leitstand/plugin-kit-node';
import { Ownership } from '@leitstand/plugin-operations-node';
import type { Knex } from 'knex';
import { createWorkloadProvider } from '../catalog/createWorkloadProvider';
import { workloadProviderName } from '../catalog/workloadProviderName';
import { ClusterReaders } from '../services/ClusterReaders';

/** How a provider under test runs. */
export interface StartProviderOptions {
  config: Config;
  /** With our tables. */
  knex: Knex;
  holder?: string;
  /** Stands for the catalogue, with each mutation. */
  onMutation?: () => void;
  now?: () => number;
}

/** A provider that tells a recording in place of the catalogue. */
export async function startProvider(options: StartProviderOptions) {
  const mutations: EntityProviderMutation[] = [];
  const logger = mockServices.logger.mock();
  const readers = ClusterReaders.fromConfig(options.config, {
    delay: () => new Promise(resolve => setTimeout(resolve, 5)),
  });
  const lease = DatabaseLease.create({
    knex: options.knex,
    table: 'leitstand_leases',
    name: workloadProviderName,
    holder: options.holder ?? 'test',
    lifeMs: 60_000,
    heartbeatMs: 100,
    retryMs: 20,
    onError: error => logger.warn(String(error)),
  });
  const statuses = new ProviderStatusStore({ knex: options.knex, provider: workloadProviderName, lease });
  const lookup = new EntityLookup({
    catalog: catalogServiceMock(),
    auth: mockServices.auth(),
    onError: error => logger.warn(String(error)),
  });
  const ownership = Ownership.fromConfig(options.config);
  const provider = createWorkloadProvider({
    lease,
    readers,
    ownership,
    lookup,
    statuses,
    logger,
    now: options.now,
    firstReadMs: 60_000,
  });
  await provider.connect({
    applyMutation: async mutation => {
      mutations.push(mutation);
      options.onMutation?.();
    },
    refresh: async () => {},
  });
  return {
    mutations,
    readers,
    statuses,
    logger,
    provider,
    /** Deltas and fulls in short: `full: a b` or `delta: +a -b`, sorted. */
    get told(): string[] {
      return mutations.map(describeMutation);
    },
    async [Symbol.asyncDispose]() {
      await provider.close();
      await readers.close();
    },
  };
}

function describeMutation(mutation: EntityProviderMutation): string {
  if (mutation.type === 'full') {
    return `full: ${mutation.entities
      .map(({ entity }) => stringifyEntityRef(entity))
      .sort()
      .join(' ')}`;
  }
  const added = mutation.added.map(({ entity }) => `+${stringifyEntityRef(entity)}`);
  const removed = mutation.removed.map(gone => `-${'entityRef' in gone ? gone.entityRef : ''}`);
  return `delta: ${[...added, ...removed].sort().join(' ')}`;
}
