import { useApi } from '@backstage/core-plugin-api';
import { useLive } from '@leitstand/plugin-kit-react';
import { isFinished, runSchema, runTopic, type Run } from '@leitstand/plugin-operations-common';
import { useCallback, useEffect, useState } from 'react';
import { operationsApiRef } from '../api';

/** A run that is followed. */
export interface FollowedRun {
  /** Undefined until something is known of it. */
  run: Run | undefined;
  /** Why nothing, or nothing newer, is known. */
  error: unknown;
  /** False while the state is asked for instead of told. A run that has ended needs neither. */
  isLive: boolean;
  /** Takes a newer state, for example the answer of a cancellation; or asks for one at once. */
  refresh: (newer?: Run) => void;
}

/** Time between two questions while the stream is not there, in milliseconds. */
const pollMs = 3_000;

/** Follows a run by the live stream; asks for it at the start and every 3 s while the stream fails. */
export function useRun(id: string, initial?: Run): FollowedRun {
  const operations = useApi(operationsApiRef);
  const [asked, setAsked] = useState<{ id: string; run?: Run; error?: unknown }>({ id, run: initial });
  const [attempt, setAttempt] = useState(0);
  const polled = asked.id === id ? asked : { id };
  const live = useLive({
    topic: polled.run && isFinished(polled.run.state) ? undefined : runTopic(id),
    schema: runSchema,
  });
  const run = newest(live.data, polled.run);
  const isOver = run !== undefined && isFinished(run.state);
  const isLive = live.error === undefined && live.connection !== 'interrupted';
  const mustAsk = run === undefined || attempt > 0;
  const mustPoll = !isOver && !isLive;

  useEffect(() => {
    if (!mustAsk && !mustPoll) return undefined;
    const controller = new AbortController();
    const ask = () =>
      operations.getRun(id, { signal: controller.signal }).then(
        answer => !controller.signal.aborted && setAsked({ id, run: answer }),
        (error: unknown) =>
          !controller.signal.aborted &&
          setAsked(previous => ({ id, run: previous.id === id ? previous.run : undefined, error })),
      );
    if (mustAsk) void ask();
    const timer = mustPoll ? setInterval(() => void ask(), pollMs) : undefined;
    return () => {
      controller.abort();
      clearInterval(timer);
    };
  }, [operations, id, mustAsk, mustPoll, attempt]);

  const refresh = useCallback(
    (newer?: Run) => (newer ? setAsked({ id, run: newer }) : setAttempt(count => count + 1)),
    [id],
  );
  return { run, error: polled.error, isLive: isLive || isOver, refresh };
}

/** A run only moves forward: an ended state beats one that has not, otherwise the one with more steps behind it wins. */
function newest(a: Run | undefined, b: Run | undefined): Run | undefined {
  if (!a || !b) return a ?? b;
  return progressOf(b) > progressOf(a) ? b : a;
}

function progressOf(run: Run): number {
  if (isFinished(run.state)) return Number.POSITIVE_INFINITY;
  const stepProgress = { waiting: 0, started: 1, done: 2, failed: 2 };
  return run.steps.reduce((sum, step) => sum + stepProgress[step.state], run.state === 'running' ? 1 : 0);
}
