import { useApi } from '@backstage/core-plugin-api';
import { useResource } from '@leitstand/plugin-kit-react';
import type { WorkloadList } from '@leitstand/plugin-rollouts-common';
import { useCallback, useMemo, useState } from 'react';
import { rolloutsApiRef } from '../api';
import { formatFleetFilter, parseFleetFilter, type FleetFilter } from '../model/fleetFilter';
import { FleetPages } from '../model/FleetPages';

/** The workloads that fit a filter. */
export interface Fleet {
  /** While another filter loads: what the last one showed. */
  list: WorkloadList | undefined;
  error: unknown;
  /** True: `list` is not of this filter yet. */
  isLoading: boolean;
  reload: () => void;
  /** Loads the next page, where there is one. */
  loadMore: () => void;
}

const pollMs = 10_000;

/** Follows the fleet by asking every 10 s; the backend answers from memory. */
export function useFleet(filter: FleetFilter): Fleet {
  const rollouts = useApi(rolloutsApiRef);
  const key = formatFleetFilter(filter).toString();
  const pages = useMemo(() => new FleetPages(rollouts, parseFleetFilter(new URLSearchParams(key))), [rollouts, key]);
  const { value, error, isLoading, reload } = useResource(pages.load, { pollMs });
  const [shown, setShown] = useState(value);
  if (value && value !== shown) setShown(value);
  const hasMore = value?.nextCursor !== undefined;
  const loadMore = useCallback(() => {
    if (hasMore && pages.wantMore()) reload();
  }, [hasMore, pages, reload]);
  return { list: value ?? shown, error, isLoading, reload, loadMore };
}
