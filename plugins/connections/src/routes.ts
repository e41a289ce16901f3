import { createExternalRouteRef, createRouteRef, createSubRouteRef } from '@backstage/core-plugin-api';

/** The page of all connections. */
export const connectionsRouteRef = createRouteRef({ id: 'connections' });

/** How the portal itself is. */
export const portalHealthRouteRef = createSubRouteRef({
  id: 'connections:health',
  parent: connectionsRouteRef,
  path: '/health',
});

/** The systems that areas put on the page. */
export const systemsRouteRef = createSubRouteRef({
  id: 'connections:systems',
  parent: connectionsRouteRef,
  path: '/upstreams',
});

/** What comes into the catalogue; a page that an area puts there. */
export const catalogSourcesRouteRef = createSubRouteRef({
  id: 'connections:catalog',
  parent: connectionsRouteRef,
  path: '/catalog',
});

/** The ledger of all runs; its query `state` shows those of one state. */
export const activityRouteRef = createExternalRouteRef({
  id: 'activity',
  optional: true,
  defaultTarget: 'operations.root',
});
