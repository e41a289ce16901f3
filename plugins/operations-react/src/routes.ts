import { createRouteRef } from '@backstage/core-plugin-api';

/** The ledger of all runs; mounted by the plugin `operations` at `/activity`. */
export const activityRouteRef = createRouteRef({ id: 'operations:activity' });

/** One run; mounted by the plugin `operations` at `/activity/:id`. */
export const runRouteRef = createRouteRef({ id: 'operations:run', params: ['id'] });
