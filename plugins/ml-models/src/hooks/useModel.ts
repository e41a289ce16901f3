import { useApi } from '@backstage/core-plugin-api';
import { useFollowed, type Followed } from '@leitstand/plugin-kit-react';
import { formatModelRef, modelSchema, modelTopic, type Model, type ModelRef } from '@leitstand/plugin-ml-models-common';
import { useCallback } from 'react';
import { mlModelsApiRef } from '../api';

/** Follows a model. */
export function useModel({ project, dataset, model: name }: ModelRef): Followed<Model> {
  const models = useApi(mlModelsApiRef);
  const load = useCallback(
    (signal: AbortSignal) => models.getModel({ project, dataset, model: name }, { signal }),
    [models, project, dataset, name],
  );
  return useFollowed({
    topic: modelTopic(formatModelRef({ project, dataset, model: name })),
    schema: modelSchema,
    load,
  });
}
