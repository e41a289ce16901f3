import { createExternalRouteRef } from '@backstage/core-plugin-api';

/** A task of Backstage's scaffolder; not bound where the app has no templates. */
export const taskRouteRef = createExternalRouteRef({
  id: 'operations:task',
  params: ['taskId'],
  optional: true,
  defaultTarget: 'scaffolder.ongoingTask',
});
