import type { ProviderStatus } from '@leitstand/plugin-kit-common';
import type { ClusterNotRead } from '../config';
import type { DiscoveredCluster } from './ClusterDiscovery';
import type { DiscoveredEntity } from './workloadEntities';

/** What statuses are made of. */
export interface ProviderStatusFacts {
  provider: string;
  clusters: readonly DiscoveredCluster[];
  entities: readonly DiscoveredEntity[];
  notRead: readonly ClusterNotRead[];
  now: Date;
}

/** Most notes that a status carries; there may be one for each of thousands of workloads. */
const maxNoteCount = 100;

/** One status a cluster. An entity counts for each cluster on which it is, its notes for the first. */
export function providerStatusesOf(facts: ProviderStatusFacts): ProviderStatus[] {
  const { provider, entities, now } = facts;
  const entityCounts = new Map<string, number>();
  const notes = new Map<string, ProviderStatus['notes']>();
  for (const entity of entities) {
    for (const cluster of entity.clusters) entityCounts.set(cluster, (entityCounts.get(cluster) ?? 0) + 1);
    if (entity.notes.length === 0) continue;
    const [cluster] = entity.clusters;
    notes.set(cluster, [...(notes.get(cluster) ?? []), ...entity.notes].slice(0, maxNoteCount));
  }
  const read = facts.clusters.map(({ cluster, state, lastCompleteAt, error, leftOut }) => ({
    provider,
    source: cluster,
    state,
    lastRunAt: now.toISOString(),
    ...(lastCompleteAt ? { lastCompleteAt: lastCompleteAt.toISOString() } : {}),
    entityCount: entityCounts.get(cluster) ?? 0,
    ...(error ? { error } : {}),
    leftOut,
    notes: notes.get(cluster) ?? [],
  }));
  const unread = facts.notRead.map(({ name, reason }) => ({
    provider,
    source: name,
    state: 'never' as const,
    entityCount: 0,
    error: { message: reason },
    leftOut: [],
    notes: [],
  }));
  return [...read, ...unread];
}
