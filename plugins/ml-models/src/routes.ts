import { parseEntityRef } from '@backstage/catalog-model';
import { createRouteRef, useRouteRef } from '@backstage/core-plugin-api';
import { entityRouteParams, entityRouteRef } from '@backstage/plugin-catalog-react';
import { useCallback } from 'react';

/** Path of the tab below an entity's page. */
export const MODEL_PATH = 'model';

/** The views of a model's tab, in their order; the first has no path of its own. */
export const modelViews = ['overview', 'predict', 'evaluation', 'training', 'features', 'serving'] as const;
export type ModelViewName = (typeof modelViews)[number];

/** Makes links to a view of any model's tab, from anywhere; `search` without its question mark. */
export function useModelLink(): (entityRef: string, view?: ModelViewName, search?: string) => string {
  const entityLink = useRouteRef(entityRouteRef);
  return useCallback(
    (entityRef, view = 'overview', search = '') => {
      const tab = `${entityLink(entityRouteParams(parseEntityRef(entityRef)))}/${MODEL_PATH}`;
      return `${tab}${view === 'overview' ? '' : `/${view}`}${search && `?${search}`}`;
    },
    [entityLink],
  );
}

/** All models. */
export const modelsRouteRef = createRouteRef({ id: 'ml-models:models' });

/** Paths below the page of all models. */
export const modelsPaths = { list: 'list', compare: 'compare', jobs: 'jobs' } as const;
