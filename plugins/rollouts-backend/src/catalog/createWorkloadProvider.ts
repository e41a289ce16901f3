import { LeasedEntityProvider } from '@leitstand/plugin-discovery-node';
import type { DatabaseLease } from '@leitstand/plugin-kit-node';
import { DiscoverySession, type DiscoverySessionOptions } from './DiscoverySession';
import { workloadProviderName } from './workloadProviderName';

/** What the provider stands on. */
export interface WorkloadProviderOptions extends Omit<DiscoverySessionOptions, 'session' | 'now'> {
  /** Held by the one process that may write. */
  lease: DatabaseLease;
  now?: () => number;
}

/** Puts what runs on the clusters into the catalogue. */
export function createWorkloadProvider(options: WorkloadProviderOptions): LeasedEntityProvider {
  const { lease, readers, now = Date.now } = options;
  return new LeasedEntityProvider({
    name: workloadProviderName,
    lease,
    initialDelaySeconds: readers.config.catalog.initialDelaySeconds,
    async follow(entitySession) {
      using session = new DiscoverySession({ ...options, session: entitySession, now });
      await session.follow();
    },
  });
}
