import { useApi } from '@backstage/core-plugin-api';
import type { Connection } from '@leitstand/plugin-kit-common';
import { useResource, type Resource } from '@leitstand/plugin-kit-react';
import { useCallback, useRef, useState } from 'react';
import { connectionsApiRef } from '../../api';
import { sortConnections } from '../../model/connections';

/** The connections of one area. */
export interface CheckedConnections extends Resource<Connection[]> {
  /** Has the upstreams asked now. */
  check: () => void;
  isChecking: boolean;
}

/** Time between two questions, in milliseconds. They are answered from the backend's last check. */
const pollMs = 30_000;

/** Asks an area's backend for its connections, every 30 s while the page is seen. */
export function useConnections(pluginId: string): CheckedConnections {
  const connections = useApi(connectionsApiRef);
  const isWanted = useRef(false);
  const [isChecking, setIsChecking] = useState(false);
  const load = useCallback(
    async (signal: AbortSignal) => {
      const isRefresh = isWanted.current;
      isWanted.current = false;
      try {
        return sortConnections((await connections.listConnections({ pluginId, isRefresh, signal })).items);
      } finally {
        if (!signal.aborted) setIsChecking(false);
      }
    },
    [connections, pluginId],
  );
  const resource = useResource(load, { pollMs });
  const { reload } = resource;
  const check = useCallback(() => {
    isWanted.current = true;
    setIsChecking(true);
    reload();
  }, [reload]);
  return { ...resource, check, isChecking };
}
