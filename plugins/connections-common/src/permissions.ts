import { createPermission } from '@backstage/plugin-permission-common';

/** Reading how the portal itself is: names processes, and says which doors the configuration opens. */
export const portalHealthReadPermission = createPermission({
  name: 'connections.health.read',
  attributes: { action: 'read' },
});

/** What the connections plugin registers itself. */
export const connectionsPermissions = [portalHealthReadPermission];
