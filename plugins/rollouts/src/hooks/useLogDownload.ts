import { useApi } from '@backstage/core-plugin-api';
import { saveAsFile } from '@leitstand/plugin-kit-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { rolloutsApiRef } from '../api';
import type { PodLogRequest } from '../log/PodLogReader';

/** Lines that a file has at most: as many as the route gives. */
export const downloadLineCount = 100_000;

/** A download and how it goes. */
export interface LogDownload {
  state: 'idle' | 'running' | 'failed';
  start: () => void;
}

/** Fetches the newest lines of a log anew and hands them to the browser as a file; ends with the component. */
export function useLogDownload(request: PodLogRequest): LogDownload {
  const rollouts = useApi(rolloutsApiRef);
  const [state, setState] = useState<LogDownload['state']>('idle');
  const controller = useRef<AbortController>();
  useEffect(() => () => controller.current?.abort(), []);
  const { cluster, namespace, pod, container, isPrevious } = request;

  const download = useCallback(async () => {
    const running = new AbortController();
    controller.current = running;
    setState('running');
    try {
      const parts: string[] = [];
      const query = { container, previous: isPrevious ? 'true' : 'false', tailLines: downloadLineCount } as const;
      for await (const lines of rollouts.streamPodLog({ cluster, namespace, pod }, query, { signal: running.signal })) {
        parts.push(...lines.map(({ at, text }) => (at === undefined ? `${text}\n` : `${at} ${text}\n`)));
      }
      saveAsFile(`${pod}-${container}${isPrevious ? '-previous' : ''}.log`, parts);
      setState('idle');
    } catch {
      if (!running.signal.aborted) setState('failed'); // what is wrong with the log is said where it is shown
    }
  }, [rollouts, cluster, namespace, pod, container, isPrevious]);
  return { state, start: () => void download() };
}
