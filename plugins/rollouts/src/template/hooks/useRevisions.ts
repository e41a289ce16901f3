import { useApi } from '@backstage/core-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { useResource, type Resource } from '@leitstand/plugin-kit-react';
import { workloadRefOf, type Revision } from '@leitstand/plugin-rollouts-common';
import { useCallback } from 'react';
import { rolloutsApiRef } from '../../api';

/** Revisions of the Deployment behind an entity, newest first; undefined without an entity, and where it has none. */
export function useRevisions(entityRef: string | undefined): Resource<Revision[] | undefined> {
  const catalog = useApi(catalogApiRef);
  const rollouts = useApi(rolloutsApiRef);
  const load = useCallback(
    async (signal: AbortSignal) => {
      const entity = entityRef === undefined ? undefined : await catalog.getEntityByRef(entityRef);
      const ref = entity && workloadRefOf(entity);
      if (ref?.kind !== 'Deployment') return undefined;
      return (await rollouts.getWorkload(ref, { signal })).revisions;
    },
    [catalog, rollouts, entityRef],
  );
  return useResource(load);
}
