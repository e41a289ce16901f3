import { useApi } from '@backstage/core-plugin-api';
import { useResource } from '@leitstand/plugin-kit-react';
import type { ModelList } from '@leitstand/plugin-ml-models-common';
import { useCallback, useState } from 'react';
import { mlModelsApiRef } from '../api';
import { modelFilterFormat, type ModelFilter } from '../model/modelFilter';

/** The models that fit a filter. */
export interface Models {
  /** While another filter loads: what the last one showed. */
  list: ModelList | undefined;
  error: unknown;
  /** True: `list` is not of this filter yet. */
  isLoading: boolean;
  reload: () => void;
  /** Loads the next page; undefined where there is none. */
  loadMore?: () => void;
}

const pollMs = 15_000;
const pageSize = 200;

/** Follows the list of models by asking every 15 s; the backend answers from its cache. */
export function useModels(filter: ModelFilter): Models {
  const models = useApi(mlModelsApiRef);
  const key = modelFilterFormat.format(filter).toString();
  const [paging, setPaging] = useState({ key, pageCount: 1 });
  if (paging.key !== key) setPaging({ key, pageCount: 1 });
  const { pageCount } = paging;
  const load = useCallback(
    async (signal: AbortSignal) => {
      const { text: search, type, dataset } = modelFilterFormat.parse(new URLSearchParams(key));
      const [project, name] = dataset?.split('.') ?? [];
      const query = { search, type, project, dataset: name, limit: pageSize };
      let page = await models.listModels(query, { signal });
      const items = [...page.items];
      for (let loaded = 1; loaded < pageCount && page.nextCursor !== undefined; loaded += 1) {
        page = await models.listModels({ ...query, cursor: page.nextCursor }, { signal });
        items.push(...page.items);
      }
      return { ...page, items };
    },
    [models, key, pageCount],
  );
  const { value, error, isLoading, reload } = useResource(load, { pollMs });
  const [shown, setShown] = useState(value);
  if (value && value !== shown) setShown(value);
  const list = value ?? shown;
  const hasMore = list?.nextCursor !== undefined;
  return {
    list,
    error,
    isLoading,
    reload,
    loadMore: hasMore ? () => setPaging({ key, pageCount: pageCount + 1 }) : undefined,
  };
}
