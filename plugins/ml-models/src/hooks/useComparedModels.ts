import { useApi } from '@backstage/core-plugin-api';
import { useResource, type Resource } from '@leitstand/plugin-kit-react';
import { parseModelRef, type Model } from '@leitstand/plugin-ml-models-common';
import { useCallback } from 'react';
import { mlModelsApiRef } from '../api';

/** Loads several models by `project.dataset.model`; one that cannot be had fails all, because half a comparison misleads. */
export function useComparedModels(refs: readonly string[]): Resource<Model[]> {
  const models = useApi(mlModelsApiRef);
  const key = refs.join(' ');
  const load = useCallback(
    async (signal: AbortSignal) => {
      const asked = key.split(' ').filter(Boolean);
      return Promise.all(asked.map(ref => models.getModel(parseModelRef(ref), { signal })));
    },
    [models, key],
  );
  return useResource(load);
}
