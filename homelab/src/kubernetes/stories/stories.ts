import { gkeMicroservices } from './gkeMicroservices';
import { gkeMlops } from './gkeMlops';
import { homelabK3s } from './homelabK3s';
import type { Story } from './Story';
import { todoApp } from './todoApp';

const nodesOnly: Story = { ...todoApp, namespaces: [], workloads: [], surroundings: [] };

/** The stories by name: three clusters, a small part of the first one for tests, and one where nothing runs. */
export const stories = {
  'homelab-k3s': homelabK3s,
  'gke-homelab-microservices': gkeMicroservices,
  'gke-mlops-cluster': gkeMlops,
  'todo-app': todoApp,
  empty: nodesOnly,
} satisfies Record<string, Story>;
