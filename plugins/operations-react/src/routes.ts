import { createRouteRef, createSubRouteRef } from '@backstage/core-plugin-api';

/** The ledger of all runs; mounted by the plugin `operations` at `/activity`. */
export const activityRouteRef = createRouteRef({ id: 'operations:activity' });

/** One run; mounted by the plugin `operations` at `/activity/runs/:id`. */
export const runRouteRef = createRouteRef({ id: 'operations:run', params: ['id'] });

/** The freezes, past, present and planned; at `freezes` below the ledger. */
export const freezesRouteRef = createSubRouteRef({
  id: 'operations:freezes',
  parent: activityRouteRef,
  path: '/freezes',
});
