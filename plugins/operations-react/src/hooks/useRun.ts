import { useApi } from '@backstage/core-plugin-api';
import { useLive } from '@leitstand/plugin-kit-react';
import { isFinished, runSchema, runTopic, type Run } from '@leitstand/plugin-operations-common';
import { useCallback, useEffect, useRef, useState } from 'react';
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
  const [asked, setAsked] = useState<Asked>({ id, run: initial });
  const [attempt, setAttempt] = useState(0);
  const polled: Asked = asked.id === id ? asked : { id };
  const live = useLive({
    topic: polled.run && isFinished(polled.run.state) ? undefined : runTopic(id),
    schema: runSchema,
  });
  const told = useRef(live.data);
  useEffect(() => {
    told.current = live.data;
  }, [live.data]);
  const run = newest(live.data, polled);
  const isOver = run !== undefined && isFinished(run.state);
  const isLive = live.error === undefined && live.connection !== 'interrupted';
  const mustAsk = run === undefined || attempt > 0;
  const mustPoll = !isOver && !isLive;

  useEffect(() => {
    if (!mustAsk && !mustPoll) return undefined;
    const controller = new AbortController();
    const ask = () => {
      const toldBefore = told.current;
      return operations.getRun(id, { signal: controller.signal }).then(
        answer => !controller.signal.aborted && setAsked(previous => latest(previous, { id, run: answer, toldBefore })),
        (error: unknown) =>
          !controller.signal.aborted &&
          setAsked(previous => (previous.id === id ? { ...previous, error } : { id, error })),
      );
    };
    if (mustAsk) void ask();
    const timer = mustPoll ? setInterval(() => void ask(), pollMs) : undefined;
    return () => {
      controller.abort();
      clearInterval(timer);
    };
  }, [operations, id, mustAsk, mustPoll, attempt]);

  const refresh = useCallback(
    (newer?: Run) => (newer ? setAsked({ id, run: newer, toldBefore: told.current }) : setAttempt(count => count + 1)),
    [id],
  );
  return { run, error: polled.error, isLive: isLive || isOver, refresh };
}

/** What has ended stays so: an answer from before may come after it, on a machine that is busy. */
function latest(previous: Asked, next: Asked): Asked {
  const isEnded = (asked: Asked) => asked.run !== undefined && isFinished(asked.run.state);
  return previous.id === next.id && isEnded(previous) && !isEnded(next) ? previous : next;
}

/** An answer of the door. */
interface Asked {
  id: string;
  run?: Run;
  error?: unknown;
  /** What the stream had said when the question was put; what it says later is newer than the answer. */
  toldBefore?: Run;
}

/** An ended state beats one that has not, and more steps beat fewer; a run that waits goes either way, so the later word counts. */
function newest(told: Run | undefined, { run: answer, toldBefore }: Asked): Run | undefined {
  if (!told || !answer) return told ?? answer;
  const lead = progressOf(told) - progressOf(answer);
  if (Number.isNaN(lead) || lead === 0) return told === toldBefore ? answer : told;
  return lead > 0 ? told : answer;
}

function progressOf(run: Run): number {
  if (isFinished(run.state)) return Number.POSITIVE_INFINITY;
  const stepProgress = { waiting: 1, started: 1, done: 2, failed: 2 };
  return run.steps.reduce((sum, step) => sum + stepProgress[step.state], 0);
}
