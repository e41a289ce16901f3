import { useApi } from '@backstage/core-plugin-api';
import { useSharedResource } from '@leitstand/plugin-kit-react';
import { formatModelRef } from '@leitstand/plugin-ml-models-common';
import { mlModelsApiRef } from '../api';

const pollMs = 60_000;
const maxCount = 200;

/** The entity of a model by `project.dataset.model`, if the catalogue has it; one request for all rows of a page. */
export function useModelEntity(model: string | undefined): string | undefined {
  const models = useApi(mlModelsApiRef);
  const { value } = useSharedResource({
    owner: models,
    key: 'ml-models:entities',
    load: async signal => {
      const { items } = await models.listModels({ limit: maxCount }, { signal });
      return new Map(items.map(({ ref, entityRef }) => [formatModelRef(ref), entityRef]));
    },
    pollMs,
  });
  return model === undefined ? undefined : value?.get(model);
}
