import { useApi } from '@backstage/core-plugin-api';
import { useCallback, useEffect, useState } from 'react';
import { rolloutsApiRef } from '../api';
import { initialPodLogState, PodLogReader, type PodLogRequest, type PodLogState } from '../log/PodLogReader';

/** A log that is read, and a way to begin anew. */
export interface ReadPodLog extends PodLogState {
  reload: () => void;
}

/** Reads a container's log for as long as the component is mounted. */
export function usePodLog(request: PodLogRequest): ReadPodLog {
  const rollouts = useApi(rolloutsApiRef);
  const [attempt, setAttempt] = useState(0);
  const reload = useCallback(() => setAttempt(count => count + 1), []);
  const { cluster, namespace, pod, container, isPrevious, tailLines, isFollowing } = request;
  const key = JSON.stringify([cluster, namespace, pod, container, isPrevious, tailLines, isFollowing, attempt]);
  const [known, setKnown] = useState({ key, state: initialPodLogState });

  useEffect(() => {
    const reader = PodLogReader.open({
      rollouts,
      request: { cluster, namespace, pod, container, isPrevious, tailLines, isFollowing },
      onChange: state => setKnown({ key, state }),
    });
    return () => reader.close();
  }, [rollouts, cluster, namespace, pod, container, isPrevious, tailLines, isFollowing, key]);

  // What is known of another log must not be shown, not even until the effect has run.
  return { ...(known.key === key ? known.state : initialPodLogState), reload };
}
