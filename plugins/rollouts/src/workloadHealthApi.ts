import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { createApiFactory, createApiRef, type AnyApiFactory } from '@backstage/core-plugin-api';
import type { EntityHealthApi, HealthBadgeState } from '@leitstand/plugin-kit-react';
import { workloadRefOf } from '@leitstand/plugin-rollouts-common';
import { rolloutsApiRef, type RolloutsApi } from './api';

/** What the route lists in one answer at most. */
const maxRowCount = 500;

/** Health of the entities that are workloads. */
export const workloadHealthApiRef = createApiRef<EntityHealthApi>({ id: 'plugin.rollouts.entity-health' });

/** Asks for all of them with one request. */
export const workloadHealthApiFactory: AnyApiFactory = createApiFactory({
  api: workloadHealthApiRef,
  deps: { rollouts: rolloutsApiRef },
  factory: ({ rollouts }) => createWorkloadHealthApi(rollouts),
});

/** An entity that several workloads are (blue and green, two clusters) has the worst health of them. */
export function createWorkloadHealthApi(rollouts: Pick<RolloutsApi, 'listWorkloads'>): EntityHealthApi {
  return {
    async getEntityHealth(entities: Entity[], { signal }: { signal: AbortSignal }) {
      const refs = entities.filter(entity => workloadRefOf(entity)).map(stringifyEntityRef);
      const health = new Map<string, HealthBadgeState>();
      if (refs.length === 0) return health;
      const query = { entityRefs: refs.join(','), limit: maxRowCount };
      const { items } = await rollouts.listWorkloads(query, { signal });
      for (const { entityRef, health: found } of items) {
        if (!health.has(entityRef)) health.set(entityRef, found.state); // the list has the worst first
      }
      return health;
    },
  };
}
