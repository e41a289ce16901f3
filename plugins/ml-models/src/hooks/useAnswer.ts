import { useCallback, useEffect, useRef, useState } from 'react';

/** An answer that a person asks for by a button. */
export interface Answer<TRequest, TValue> {
  state: 'none' | 'running' | 'answered' | 'failed';
  /** What it is the answer to. */
  request?: TRequest;
  value?: TValue;
  error?: unknown;
  ask: (request: TRequest) => void;
}

type Settled<TRequest, TValue> = Omit<Answer<TRequest, TValue>, 'ask'>;

/**
 * Asks once per call, never by itself: what is asked may be billed. A new question ends the one before, leaving the page
 * ends all.
 */
export function useAnswer<TRequest, TValue>(
  load: (request: TRequest, signal: AbortSignal) => Promise<TValue>,
): Answer<TRequest, TValue> {
  const [settled, setSettled] = useState<Settled<TRequest, TValue>>({ state: 'none' });
  const controller = useRef<AbortController>();
  useEffect(() => () => controller.current?.abort(), []);
  const ask = useCallback(
    (request: TRequest) => {
      controller.current?.abort();
      const running = new AbortController();
      controller.current = running;
      setSettled({ state: 'running', request });
      load(request, running.signal).then(
        value => {
          if (!running.signal.aborted) setSettled({ state: 'answered', request, value });
        },
        (error: unknown) => {
          if (!running.signal.aborted) setSettled({ state: 'failed', request, error });
        },
      );
    },
    [load],
  );
  return { ...settled, ask };
}
