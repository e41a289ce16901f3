import { useCallback, useEffect, useRef, useState } from 'react';

/** One thing that a person does at a time. */
export interface Action {
  isBusy: boolean;
  /** Of the last try. */
  error: unknown;
  /** Does it; nothing while the one before is under way. What it throws becomes `error`. */
  act: (work: () => Promise<void>) => void;
}

/** Keeps a button from being pressed twice, and its error for showing. */
export function useAction(): Action {
  const [isBusy, setIsBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const isUnderWay = useRef(false);
  const isMounted = useRef(true);
  useEffect(() => {
    isMounted.current = true;
    return () => {
      isMounted.current = false;
    };
  }, []);
  const act = useCallback((work: () => Promise<void>) => {
    if (isUnderWay.current) return;
    isUnderWay.current = true;
    setIsBusy(true);
    setError(undefined);
    work()
      .catch((failure: unknown) => isMounted.current && setError(failure))
      .finally(() => {
        isUnderWay.current = false;
        if (isMounted.current) setIsBusy(false);
      });
  }, []);
  return { isBusy, error, act };
}
