import type { Pod, Workload } from '@leitstand/plugin-rollouts-common';

/** What one square of the replica picture says. `missing`: wanted, but there is no pod; `finished`: a job's pod that is done. */
export type PodCellState = 'ready' | 'starting' | 'failing' | 'terminating' | 'finished' | 'missing';

/** One square of the replica picture. */
export interface PodCell {
  state: PodCellState;
  /** Undefined for a pod that is missing. */
  pod?: Pod;
}

const order: readonly PodCellState[] = ['failing', 'missing', 'starting', 'ready', 'terminating', 'finished'];

/** Reasons that a pod passes through on a normal start. */
const startingReasons = ['ContainerCreating', 'PodInitializing'];

/** One square a pod, worst first, and one for each pod that is wanted but not there. */
export function podCells(workload: Pick<Workload, 'pods' | 'replicas'>): PodCell[] {
  const cells: PodCell[] = workload.pods.map(pod => ({ state: podState(pod), pod }));
  const presentCount = cells.filter(cell => cell.state !== 'terminating' && cell.state !== 'finished').length;
  const missingCount = Math.max(0, workload.replicas.desired - presentCount);
  const missing: PodCell[] = Array.from({ length: missingCount }, () => ({ state: 'missing' }));
  return [...cells, ...missing].sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state));
}

/** How a pod is, in one word. */
export function podState(pod: Pod): Exclude<PodCellState, 'missing'> {
  if (pod.isTerminating) return 'terminating';
  if (pod.phase === 'Succeeded') return 'finished';
  if (pod.isReady) return 'ready';
  const isFailing = pod.phase === 'Failed' || (pod.reason !== undefined && !startingReasons.includes(pod.reason));
  return isFailing ? 'failing' : 'starting';
}

/** Pods as a person in trouble wants them: failing first, then the youngest first. */
export function sortPods(pods: Pod[]): Pod[] {
  return [...pods].sort(
    (a, b) =>
      order.indexOf(podState(a)) - order.indexOf(podState(b)) ||
      b.createdAt.localeCompare(a.createdAt) ||
      a.name.localeCompare(b.name),
  );
}
