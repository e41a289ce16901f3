import type { Cluster, ClusterNode } from '@leitstand/plugin-rollouts-common';

/** A node that is well; for tests. */
function nodeOf(overrides: Partial<ClusterNode> = {}): ClusterNode {
  return {
    name: 'server-1',
    isReady: true,
    isCordoned: false,
    roles: ['control-plane'],
    kubeletVersion: 'v1.32.4+k3s1',
    osImage: 'Debian GNU/Linux 12',
    createdAt: '2026-01-01T00:00:00Z',
    allocatable: { cpuCores: 4, memoryBytes: 8 * 1024 ** 3 },
    requested: { cpuCores: 1.5, memoryBytes: 2 * 1024 ** 3 },
    usage: { cpuCores: 0.5, memoryBytes: 3 * 1024 ** 3 },
    podCount: 12,
    podCapacity: 110,
    problems: [],
    ...overrides,
  };
}

/** A cluster of one server and two agents, one of which is not ready; for tests. */
export function clusterOf(overrides: Partial<Cluster> = {}): Cluster {
  return {
    name: 'homelab-k3s',
    entityRef: 'resource:default/homelab-k3s',
    version: 'v1.32.4+k3s1',
    nodes: { total: 3, ready: 2 },
    workloads: { total: 14, problems: 2 },
    pods: { total: 40, running: 37, capacity: 330 },
    allocatable: { cpuCores: 12, memoryBytes: 24 * 1024 ** 3 },
    requested: { cpuCores: 4.5, memoryBytes: 6 * 1024 ** 3 },
    usage: { cpuCores: 1.5, memoryBytes: 9 * 1024 ** 3 },
    freshness: { observedAt: '2026-03-01T08:00:00Z', isStale: false },
    nodeList: [
      nodeOf(),
      nodeOf({ name: 'agent-1', roles: [], kubeletVersion: 'v1.31.7+k3s1', isCordoned: true }),
      nodeOf({ name: 'agent-2', roles: [], isReady: false, problems: ['It is not ready (KubeletNotReady).'] }),
    ],
    namespaces: [
      { name: 'shop', workloadCount: 3, podCount: 9 },
      { name: 'spare', workloadCount: 0, podCount: 0 },
    ],
    missing: [],
    ...overrides,
  };
}
