import { useApi } from '@backstage/core-plugin-api';
import { useSharedResource, type Resource } from '@leitstand/plugin-kit-react';
import { formatModelRef, type Features, type Model } from '@leitstand/plugin-ml-models-common';
import { mlModelsApiRef } from '../api';

/** Features change with a training only, and then they have another key; in milliseconds. */
const keptMs = 10 * 60_000;

/** What is known of a model's features; asked once per training, for all views of its page. */
export function useFeatures({ ref, modifiedAt }: Pick<Model, 'ref' | 'modifiedAt'>): Resource<Features> {
  const models = useApi(mlModelsApiRef);
  return useSharedResource({
    owner: models,
    key: `ml-models:features ${formatModelRef(ref)} ${modifiedAt}`,
    load: signal => models.getFeatures(ref, { signal }),
    pollMs: keptMs,
  });
}
