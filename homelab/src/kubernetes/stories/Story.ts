import type { KubernetesObject } from '../model';
import type { NodeDescription } from '../seedNodes';
import { days, type WorkloadDescription } from '../seedWorkloads';

/** What a cluster consists of and how it came to be. */
export interface Story {
  nodes: NodeDescription[];
  namespaces: string[];
  workloads: WorkloadDescription[];
  /** There from the beginning. */
  surroundings: KubernetesObject[];
  /** There only since half an hour: they are looked at every few seconds. */
  autoscalers: KubernetesObject[];
}

/** Releases by how many days ago they were rolled out. */
export function released(...releases: [agoDays: number, tag: string][]): WorkloadDescription['releases'] {
  return releases.map(([agoDays, tag]) => ({ agoMs: days(agoDays), tag }));
}

/** The nodes of a cluster of GKE. @param hash - of its node pool */
export function gkeNodes(cluster: string, hash: string): NodeDescription[] {
  return ['h4k2', 'q9x7'].map((suffix, index) => ({
    name: `gke-${cluster}-default-pool-${hash}-${suffix}`,
    ip: `10.132.0.${index + 11}`,
    isControlPlane: false,
    platform: 'gke',
  }));
}
