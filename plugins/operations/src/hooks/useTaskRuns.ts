import { useApi } from '@backstage/core-plugin-api';
import { scaffolderApiRef } from '@backstage/plugin-scaffolder-react';
import { useResource, type Resource } from '@leitstand/plugin-kit-react';
import { isFinished, type Run } from '@leitstand/plugin-operations-common';
import { operationsApiRef } from '@leitstand/plugin-operations-react';
import { useCallback, useState } from 'react';

const busyPollMs = 2_000;
/** Somebody may start a task again that had ended. */
const quietPollMs = 15_000;

/** Runs of one page; a task with more steps shows its first ones. */
const limit = 100;

const endedTasks = ['completed', 'failed', 'cancelled', 'skipped'];

/**
 * What the steps of a task asked the door for, oldest first.
 * Polled, not streamed: the page of a task has four streams open, and a browser that speaks HTTP/1.1 opens six connections.
 */
export function useTaskRuns(taskId: string): Resource<Run[]> {
  const operations = useApi(operationsApiRef);
  const scaffolder = useApi(scaffolderApiRef);
  const [isBusy, setIsBusy] = useState(true);
  const load = useCallback(
    async (signal: AbortSignal) => {
      const [{ items }, { status }] = await Promise.all([
        operations.listRuns({ taskId, limit }, { signal }),
        scaffolder.getTask(taskId),
      ]);
      if (!signal.aborted) setIsBusy(!endedTasks.includes(status) || items.some(run => !isFinished(run.state)));
      return items.toReversed();
    },
    [operations, scaffolder, taskId],
  );
  return useResource(load, { pollMs: isBusy ? busyPollMs : quietPollMs });
}
