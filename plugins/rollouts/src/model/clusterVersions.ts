import type { ClusterNode } from '@leitstand/plugin-rollouts-common';

/** A kubelet version and how many nodes run it. */
export interface KubeletVersion {
  version: string;
  nodeCount: number;
}

/** The kubelet versions of a cluster's nodes, the most frequent first. */
export function kubeletVersions(nodes: ClusterNode[]): KubeletVersion[] {
  const counts = new Map<string, number>();
  for (const { kubeletVersion } of nodes) counts.set(kubeletVersion, (counts.get(kubeletVersion) ?? 0) + 1);
  return [...counts]
    .map(([version, nodeCount]) => ({ version, nodeCount }))
    .sort((a, b) => b.nodeCount - a.nodeCount || a.version.localeCompare(b.version));
}
