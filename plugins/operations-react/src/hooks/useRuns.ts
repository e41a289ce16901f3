import { useApi } from '@backstage/core-plugin-api';
import { isFinished, type RunListQuery } from '@leitstand/plugin-operations-common';
import { useCallback, useEffect, useState } from 'react';
import { operationsApiRef } from '../api';
import { appendPage, refreshFirstPage, type LoadedRuns } from '../model/mergeRuns';
import { useResource } from '@leitstand/plugin-kit-react';

/** Which part of the ledger, and how much of it at once. */
export type RunFilter = Pick<RunListQuery, 'entityRef' | 'requester' | 'state' | 'limit'>;

/** The ledger as far as it is loaded. */
export interface Runs {
  /** Undefined until the first answer. */
  loaded: LoadedRuns | undefined;
  /** Of the newest request; with `loaded` there, that is the last known state. */
  error: unknown;
  isLoadingMore: boolean;
  showMore: () => void;
  reload: () => void;
}

const quietPollMs = 15_000;
const busyPollMs = 3_000;

/** Runs newest first, kept up to date: every 15 s, and every 3 s while one of them is under way. */
export function useRuns(filter: RunFilter): Runs {
  const operations = useApi(operationsApiRef);
  const { entityRef, requester, state, limit } = filter;
  const [older, setOlder] = useState<{ load: unknown; loaded: LoadedRuns; error?: unknown }>();
  const [isLoadingMore, setIsLoadingMore] = useState(false);
  const [isBusy, setIsBusy] = useState(false);

  const load = useCallback(
    (signal: AbortSignal) => operations.listRuns({ entityRef, requester, state, limit }, { signal }),
    [operations, entityRef, requester, state, limit],
  );
  const first = useResource(load, { pollMs: isBusy ? busyPollMs : quietPollMs });
  const firstPage = first.value;

  useEffect(() => {
    if (!firstPage) return;
    setIsBusy(firstPage.items.some(run => !isFinished(run.state)));
    setOlder(previous => {
      const before = previous?.load === load ? previous.loaded : { runs: [] };
      return { load, loaded: refreshFirstPage(before, firstPage) };
    });
  }, [firstPage, load]);

  const loaded = older?.load === load ? older.loaded : undefined;
  const cursor = loaded?.nextCursor;
  const showMore = useCallback(() => {
    if (!cursor) return;
    setIsLoadingMore(true);
    operations
      .listRuns({ entityRef, requester, state, limit, cursor })
      .then(
        page => setOlder(now => (now?.load === load ? { load, loaded: appendPage(now.loaded, page) } : now)),
        (error: unknown) => setOlder(now => (now?.load === load ? { ...now, error } : now)),
      )
      .finally(() => setIsLoadingMore(false));
  }, [operations, entityRef, requester, state, limit, cursor, load]);

  return {
    loaded,
    error: first.error ?? (older?.load === load ? older.error : undefined),
    isLoadingMore,
    showMore,
    reload: first.reload,
  };
}
