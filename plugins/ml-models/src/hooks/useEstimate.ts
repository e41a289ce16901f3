import { useApi } from '@backstage/core-plugin-api';
import { useResource, type Resource } from '@leitstand/plugin-kit-react';
import {
  formatModelRef,
  parseModelRef,
  type Estimate,
  type FeatureValue,
  type ModelRef,
} from '@leitstand/plugin-ml-models-common';
import { useCallback, useEffect, useRef } from 'react';
import { mlModelsApiRef } from '../api';

/** What is going to be asked. */
export interface EstimateRequest {
  ref: ModelRef;
  /** Undefined: there is no question yet. */
  rows: Array<Record<string, FeatureValue>> | undefined;
  isExplained: boolean;
}

/**
 * What a prediction would bill, by a dry run. That depends on how many rows there are and whether they are explained, not on
 * what is in them: typing does not ask again.
 */
export function useEstimate({ ref, rows, isExplained }: EstimateRequest): Resource<Estimate | undefined> {
  const models = useApi(mlModelsApiRef);
  const newest = useRef(rows);
  useEffect(() => {
    newest.current = rows;
  });
  const rowCount = rows?.length ?? 0;
  const name = formatModelRef(ref);
  const load = useCallback(
    async (signal: AbortSignal) => {
      const asked = newest.current;
      if (!asked || rowCount === 0) return undefined;
      return models.estimatePrediction(parseModelRef(name), { rows: asked, explain: isExplained }, { signal });
    },
    [models, name, rowCount, isExplained],
  );
  return useResource(load);
}
