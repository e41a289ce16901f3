import type { Pod, ReplicaSet } from '../model';
import type { Change } from '../state/ObjectStore';
import type { Controller } from './ControllerManager';
import { keysFor, splitKey, writeStatus, type ControllerContext } from './ControllerContext';
import { activePodsOf, createPod, deletePod } from './ownedPods';
import { isReady, readyCondition } from './podStatus';

const component = 'replicaset-controller';

/** Which pods go first: not assigned, not running, not ready, then the youngest (controller_utils.go, ActivePods). */
function deletionRank(pod: Pod): number {
  if (!pod.spec.nodeName) return 0;
  if (pod.status.phase === 'Pending') return 1;
  return isReady(pod) ? 3 : 2;
}

function byDeletionOrder(left: Pod, right: Pod): number {
  const age = (right.metadata.creationTimestamp ?? '').localeCompare(left.metadata.creationTimestamp ?? '');
  return deletionRank(left) - deletionRank(right) || age;
}

/** Keeps as many pods as a ReplicaSet asks for, and counts them. */
export class ReplicaSetController implements Controller {
  readonly name = 'replicaset';

  constructor(private readonly context: ControllerContext) {}

  keysOf(change: Change): string[] {
    return keysFor(change, 'ReplicaSet', 'Pod');
  }

  reconcile(key: string): number | undefined {
    const { namespace, name } = splitKey(key);
    const replicaSet = this.context.store.get('ReplicaSet', namespace, name);
    if (!replicaSet) return undefined;
    if (!replicaSet.metadata.deletionTimestamp) this.managePods(replicaSet);
    return this.updateStatus(replicaSet);
  }

  private managePods(replicaSet: ReplicaSet): void {
    const pods = activePodsOf(this.context, replicaSet);
    const missing = replicaSet.spec.replicas - pods.length;
    const podOwner = { owner: replicaSet, template: replicaSet.spec.template, component };
    for (let index = 0; index < missing; index++) createPod(this.context, podOwner);
    if (missing >= 0) return;
    for (const pod of pods.sort(byDeletionOrder).slice(0, -missing)) {
      deletePod(this.context, podOwner, pod);
    }
  }

  /** @returns when the next pod will have been ready for `minReadySeconds` */
  private updateStatus(replicaSet: ReplicaSet): number | undefined {
    const pods = activePodsOf(this.context, replicaSet);
    const ready = pods.filter(isReady);
    const minReadyMs = (replicaSet.spec.minReadySeconds ?? 0) * 1000;
    const waitsMs = ready.map(pod => {
      const since = Date.parse(readyCondition(pod)?.lastTransitionTime ?? '');
      return Math.max(0, since + minReadyMs - this.context.clock.now());
    });
    const available = waitsMs.filter(waitMs => minReadyMs === 0 || waitMs === 0).length;
    writeStatus(this.context, replicaSet, {
      replicas: pods.length,
      ...(pods.length > 0 && { fullyLabeledReplicas: pods.length }),
      ...(ready.length > 0 && { readyReplicas: ready.length }),
      ...(available > 0 && { availableReplicas: available }),
      observedGeneration: replicaSet.metadata.generation,
    });
    const next = waitsMs.filter(waitMs => waitMs > 0);
    return minReadyMs > 0 && next.length > 0 ? Math.min(...next) : undefined;
  }
}
