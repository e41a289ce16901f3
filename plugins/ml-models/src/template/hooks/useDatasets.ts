import { useApi } from '@backstage/core-plugin-api';
import { useResource, type Resource } from '@leitstand/plugin-kit-react';
import type { DatasetList } from '@leitstand/plugin-ml-models-common';
import { useCallback } from 'react';
import { mlModelsApiRef } from '../../api';

/** All datasets that the portal sees. */
export function useDatasets(): Resource<DatasetList> {
  const models = useApi(mlModelsApiRef);
  return useResource(useCallback(signal => models.listDatasets({ signal }), [models]));
}
