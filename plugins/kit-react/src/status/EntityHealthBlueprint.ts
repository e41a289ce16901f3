import type { Entity } from '@backstage/catalog-model';
import type { ApiRef } from '@backstage/core-plugin-api';
import { createExtensionBlueprint, createExtensionDataRef } from '@backstage/frontend-plugin-api';
import type { HealthBadgeState } from './HealthBadge';

/** An area that knows how some entities are. */
export interface EntityHealthApi {
  /**
   * Health by complete entity ref, of those entities that the area knows; one request for all of them.
   *
   * @throws ResponseError
   */
  getEntityHealth(entities: Entity[], options: { signal: AbortSignal }): Promise<ReadonlyMap<string, HealthBadgeState>>;
}

const apiDataRef = createExtensionDataRef<ApiRef<EntityHealthApi>>().with({ id: 'leitstand.entity-health.api' });

/** An extension through which an area puts the health of its entities beside them on the home page. */
export const EntityHealthBlueprint = createExtensionBlueprint({
  kind: 'entity-health',
  attachTo: { id: 'home-card:leitstand-home/owned-entities', input: 'health' },
  output: [apiDataRef],
  dataRefs: { api: apiDataRef },
  *factory(params: { api: ApiRef<EntityHealthApi> }) {
    yield apiDataRef(params.api);
  },
});
