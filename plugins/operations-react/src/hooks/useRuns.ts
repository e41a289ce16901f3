import { useApi } from '@backstage/core-plugin-api';
import { isFinished, type RunListQuery } from '@leitstand/plugin-operations-common';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { operationsApiRef } from '../api';
import { appendPage, refreshFirstPage, type LoadedRuns } from '../model/mergeRuns';
import { useResource } from '@leitstand/plugin-kit-react';

/** Which part of the ledger, and how much of it at once. */
export type RunFilter = Omit<RunListQuery, 'cursor'>;

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
  const { entityRef, requester, operation, environment, state, from, to, limit } = filter;
  const query = useMemo(
    () => ({ entityRef, requester, operation, environment, state, from, to, limit }),
    [entityRef, requester, operation, environment, state, from, to, limit],
  );
  const [older, setOlder] = useState<{ load: unknown; loaded: LoadedRuns; error?: unknown }>();
  const [isLoadingMore, setIsLoadingMore] = useState(false);
  const [isBusy, setIsBusy] = useState(false);

  const load = useCallback((signal: AbortSignal) => operations.listRuns(query, { signal }), [operations, query]);
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
      .listRuns({ ...query, cursor })
      .then(
        page => setOlder(now => (now?.load === load ? { load, loaded: appendPage(now.loaded, page) } : now)),
        (error: unknown) => setOlder(now => (now?.load === load ? { ...now, error } : now)),
      )
      .finally(() => setIsLoadingMore(false));
  }, [operations, query, cursor, load]);

  return {
    loaded,
    error: first.error ?? (older?.load === load ? older.error : undefined),
    isLoadingMore,
    showMore,
    reload: first.reload,
  };
}
