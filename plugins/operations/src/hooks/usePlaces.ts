import { useApi } from '@backstage/core-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { useResource, type Resource } from '@leitstand/plugin-kit-react';
import { useCallback } from 'react';

/** Places that the catalogue knows of. */
export interface Places {
  clusters: string[];
  namespaces: string[];
}

const clusterFacet = 'metadata.annotations.leitstand.io/cluster';
const namespaceFacet = 'metadata.annotations.backstage.io/kubernetes-namespace';

/** Clusters and namespaces of the catalogue, for choosing from. */
export function usePlaces(): Resource<Places> {
  const catalog = useApi(catalogApiRef);
  const load = useCallback(async (): Promise<Places> => {
    const { facets } = await catalog.getEntityFacets({ facets: [clusterFacet, namespaceFacet] });
    const valuesOf = (facet: string) => (facets[facet] ?? []).map(({ value }) => value).sort();
    return { clusters: valuesOf(clusterFacet), namespaces: valuesOf(namespaceFacet) };
  }, [catalog]);
  return useResource(load);
}
