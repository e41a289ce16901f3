import { createRouteRef } from '@backstage/core-plugin-api';

/** The page of all connections. */
export const connectionsRouteRef = createRouteRef({ id: 'connections' });
