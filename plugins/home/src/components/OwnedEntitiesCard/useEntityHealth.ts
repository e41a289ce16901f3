import type { Entity } from '@backstage/catalog-model';
import { useApiHolder, type ApiRef } from '@backstage/core-plugin-api';
import { useResource, type EntityHealthApi, type HealthBadgeState } from '@leitstand/plugin-kit-react';
import { useCallback } from 'react';

const pollMs = 30_000;
const nothingKnown: ReadonlyMap<string, HealthBadgeState> = new Map();

/**
 * Health of entities by complete ref, one request an area, asked for every 30 s. An area that fails is silent here: its
 * own pages say why, and a list of entities is of use without.
 */
export function useEntityHealth(
  apis: ApiRef<EntityHealthApi>[],
  entities: Entity[],
): ReadonlyMap<string, HealthBadgeState> {
  const holder = useApiHolder();
  const load = useCallback(
    async (signal: AbortSignal) => {
      const known = apis.flatMap(ref => holder.get(ref) ?? []);
      const answers = await Promise.allSettled(known.map(api => api.getEntityHealth(entities, { signal })));
      return new Map(answers.flatMap(answer => (answer.status === 'fulfilled' ? [...answer.value] : [])));
    },
    [apis, holder, entities],
  );
  return useResource(load, { pollMs }).value ?? nothingKnown;
}
