import { useCallback, useEffect, useRef, useState } from 'react';

/** What is known of something that is loaded. With a value and an error, the value is the last known one. */
export interface Resource<TValue> {
  value: TValue | undefined;
  error: unknown;
  isLoading: boolean;
  /** Loads again at once; the value stays until the new one is there. */
  reload: () => void;
}

/** When a resource is loaded again by itself. */
export interface ResourceOptions {
  /** Time from one answer to the next request while the page is visible. Default: never. */
  pollMs?: number;
}

interface Settled<TValue> {
  load: unknown;
  value: TValue | undefined;
  error: unknown;
}

/**
 * Loads something and, if wished, keeps it up to date by asking again. The request ends with the component.
 *
 * @param load - stable (`useCallback`): another function is another thing, and starts from nothing
 */
export function useResource<TValue>(
  load: (signal: AbortSignal) => Promise<TValue>,
  options: ResourceOptions = {},
): Resource<TValue> {
  const [settled, setSettled] = useState<Settled<TValue>>();
  const [attempt, setAttempt] = useState(0);
  const reload = useCallback(() => setAttempt(count => count + 1), []);
  const isAsking = useRef(false);
  const { pollMs } = options;

  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    isAsking.current = true;
    load(signal).then(
      value => {
        if (signal.aborted) return;
        isAsking.current = false;
        setSettled({ load, value, error: undefined });
      },
      (error: unknown) => {
        if (signal.aborted) return;
        isAsking.current = false;
        setSettled(previous => ({ load, value: previous?.load === load ? previous.value : undefined, error }));
      },
    );
    return () => controller.abort();
  }, [load, attempt]);

  useEffect(() => {
    if (!settled || pollMs === undefined) return undefined;
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible' && !isAsking.current) reload();
    }, pollMs);
    return () => clearInterval(timer);
  }, [settled, pollMs, reload]);

  const current = settled?.load === load ? settled : undefined;
  return { value: current?.value, error: current?.error, isLoading: current === undefined, reload };
}
