import type { PermissionsService } from '@backstage/backend-plugin-api';
import type { createRouteFactory } from '@leitstand/plugin-kit-node';
import type { ClusterService } from '../services/ClusterService';
import type { ProviderStatusReader } from '@leitstand/plugin-discovery-node';
import type { ConnectionService } from '../services/ConnectionService';
import type { PodLogService } from '../services/PodLogService';
import type { WorkloadService } from '../services/WorkloadService';

/** What the area's routes stand on. */
export interface RouteContext {
  route: ReturnType<typeof createRouteFactory>;
  permissions: PermissionsService;
  workloads: WorkloadService;
  clusters: ClusterService;
  podLogs: PodLogService;
  connections: ConnectionService;
  providerStatuses: ProviderStatusReader;
}
