import { rolloutStatusOf, stalledSince, type RolloutStatus } from './rolloutStatus';
import type { DaemonSetDocument, RolloutDocument, StatefulSetDocument } from './workloadDocuments';

const notTakenUp: RolloutStatus = { state: 'waiting', message: 'The cluster has not taken up the change yet' };

/** How far the rollout of a workload of any kind is; `earlierStall` as in {@link rolloutStatusOf}. */
export function workloadRolloutStatusOf(workload: RolloutDocument, earlierStall: string | null): RolloutStatus {
  switch (workload.kind) {
    case 'Deployment':
      return rolloutStatusOf(workload, earlierStall);
    case 'StatefulSet':
      return statefulSetStatusOf(workload);
    case 'DaemonSet':
      return daemonSetStatusOf(workload);
    default:
      throw new Error(`Unknown kind ${String(workload satisfies never)}`);
  }
}

/** The stall on record, which only Deployments have; see {@link rolloutStatusOf}. */
export function stallOf(workload: RolloutDocument): string | null {
  return workload.kind === 'Deployment' ? stalledSince(workload) : null;
}

/** Whether its pods are only replaced when somebody deletes them. */
export function isReplacedOnDelete(workload: RolloutDocument): boolean {
  return workload.kind !== 'Deployment' && workload.spec.updateStrategy.type === 'OnDelete';
}

/** Rules of `kubectl rollout status`; with `OnDelete` there is nothing to wait for. */
function statefulSetStatusOf({ metadata, spec, status }: StatefulSetDocument): RolloutStatus {
  if (status.observedGeneration === 0 || metadata.generation > status.observedGeneration) return notTakenUp;
  if (spec.updateStrategy.type === 'OnDelete') return onDelete(metadata.name);
  const wanted = spec.replicas - spec.updateStrategy.rollingUpdate.partition;
  if (status.updatedReplicas < wanted) {
    return { state: 'waiting', message: `${status.updatedReplicas} of ${wanted} replicas are new` };
  }
  if (status.readyReplicas < spec.replicas) {
    return { state: 'waiting', message: `${status.readyReplicas} of ${spec.replicas} replicas are ready` };
  }
  return { state: 'done', message: `${status.readyReplicas} of ${spec.replicas} replicas are ready` };
}

function daemonSetStatusOf({ metadata, spec, status }: DaemonSetDocument): RolloutStatus {
  if (metadata.generation > status.observedGeneration) return notTakenUp;
  if (spec.updateStrategy.type === 'OnDelete') return onDelete(metadata.name);
  const { desiredNumberScheduled: wanted, updatedNumberScheduled: updated, numberAvailable: available } = status;
  if (updated < wanted) return { state: 'waiting', message: `${updated} of ${wanted} pods are new` };
  if (available < wanted) return { state: 'waiting', message: `${available} of ${wanted} pods are available` };
  return { state: 'done', message: `${available} of ${wanted} pods are available` };
}

function onDelete(name: string): RolloutStatus {
  return { state: 'done', message: `the pods of ${name} are replaced as somebody deletes them (strategy OnDelete)` };
}
