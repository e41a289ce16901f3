import { useApi } from '@backstage/core-plugin-api';
import { useResource, type Resource } from '@leitstand/plugin-kit-react';
import type { Run, RunPermissions } from '@leitstand/plugin-operations-common';
import { useCallback } from 'react';
import { operationsApiRef } from '../api';

/** What this person may do with a run; asked again whenever its state changes. */
export function useRunPermissions(run: Run): Resource<RunPermissions> {
  const operations = useApi(operationsApiRef);
  const { id, state, undoneBy } = run;
  const load = useCallback(
    (signal: AbortSignal) => operations.getRunPermissions(id, { signal }),
    // What may be done hangs on how the run stands.
    // eslint-disable-next-line react-hooks/exhaustive-deps -- another state is another question
    [operations, id, state, undoneBy],
  );
  return useResource(load);
}
