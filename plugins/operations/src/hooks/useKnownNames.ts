import { useApi } from '@backstage/core-plugin-api';
import { useSharedResource } from '@leitstand/plugin-kit-react';
import { operationsApiRef } from '@leitstand/plugin-operations-react';
import { useCallback } from 'react';

/** Names that occur in the ledger, for choosing from. */
export interface KnownNames {
  operations: string[];
  environments: string[];
}

const none: KnownNames = { operations: [], environments: [] };
const pollMs = 300_000;

/** Operations and environments of the newest hundred runs. Empty while unknown: names can be typed as well. */
export function useKnownNames(): KnownNames {
  const operations = useApi(operationsApiRef);
  const load = useCallback(
    async (signal: AbortSignal): Promise<KnownNames> => {
      const { items } = await operations.listRuns({ limit: 100 }, { signal });
      return {
        operations: distinct(items.map(run => run.operation)),
        environments: distinct(items.map(run => run.environment)),
      };
    },
    [operations],
  );
  return useSharedResource({ owner: operations, key: 'known names', load, pollMs }).value ?? none;
}

function distinct(names: (string | undefined)[]): string[] {
  return [...new Set(names.filter(name => name !== undefined))].sort();
}
