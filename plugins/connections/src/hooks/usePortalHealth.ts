import { useApi } from '@backstage/core-plugin-api';
import type { PortalHealth } from '@leitstand/plugin-connections-common';
import { useSharedResource, type Resource } from '@leitstand/plugin-kit-react';
import { useCallback } from 'react';
import { portalHealthApiRef } from '../api';

const pollMs = 20_000;

/** How the portal itself is; asked every 20 s while the page is seen, once for the navigation and the page. */
export function usePortalHealth(): Resource<PortalHealth> {
  const portal = useApi(portalHealthApiRef);
  const load = useCallback((signal: AbortSignal) => portal.getPortalHealth({ signal }), [portal]);
  return useSharedResource({ owner: portal, key: 'health', load, pollMs });
}
