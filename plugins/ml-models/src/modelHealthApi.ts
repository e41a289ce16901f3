import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { createApiFactory, createApiRef, type AnyApiFactory } from '@backstage/core-plugin-api';
import type { EntityHealthApi, HealthBadgeState } from '@leitstand/plugin-kit-react';
import { formatModelRef } from '@leitstand/plugin-ml-models-common';
import { mlModelsApiRef, type MlModelsApi } from './api';
import { modelHealthOf, type ModelHealth } from './model/modelHealth';
import { modelRefOf } from './model/modelRefOf';

/** What the route lists in one answer at most. */
const maxRowCount = 200;

const states = {
  good: 'healthy',
  expiring: 'degraded',
  poor: 'degraded',
  unmeasured: 'unknown',
  readOnly: 'unknown',
} as const satisfies Record<ModelHealth, HealthBadgeState>;

/** Health of the entities that are models. */
export const modelHealthApiRef = createApiRef<EntityHealthApi>({ id: 'plugin.ml-models.entity-health' });

/** Asks for all of them with one request. */
export const modelHealthApiFactory: AnyApiFactory = createApiFactory({
  api: modelHealthApiRef,
  deps: { models: mlModelsApiRef },
  factory: ({ models }) => createModelHealthApi(models),
});

/** Health from the list of models; an entity whose model is not in it is left out, because nothing is known of it. */
export function createModelHealthApi(models: Pick<MlModelsApi, 'listModels'>): EntityHealthApi {
  return {
    async getEntityHealth(entities: Entity[], { signal }: { signal: AbortSignal }) {
      const asked = entities.flatMap(entity => {
        const ref = modelRefOf(entity);
        return ref ? [{ entityRef: stringifyEntityRef(entity), model: formatModelRef(ref) }] : [];
      });
      if (asked.length === 0) return new Map();
      const { items } = await models.listModels({ limit: maxRowCount }, { signal });
      const now = new Date();
      const byModel = new Map(items.map(item => [formatModelRef(item.ref), states[modelHealthOf(item, now)]]));
      return new Map(
        asked.flatMap(({ entityRef, model }): [string, HealthBadgeState][] => {
          const state = byModel.get(model);
          return state ? [[entityRef, state]] : [];
        }),
      );
    },
  };
}
