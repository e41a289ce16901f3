// https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/
import type { KubernetesObject, Pod, StatefulSet } from '../model';
import { resourceTypeOf } from '../resourceTypes';
import type { Change } from '../state/ObjectStore';
import type { Controller } from './ControllerManager';
import { controllerManager, keysFor, splitKey, writeStatus, type ControllerContext } from './ControllerContext';
import { templateHash } from './deployment/revisions';
import { activePodsOf, createPod, deletePod } from './ownedPods';
import { isReady } from './podStatus';

const component = 'statefulset-controller';
const revisionLabel = 'controller-revision-hash';
const claimType = resourceTypeOf('PersistentVolumeClaim');

function ordinalOf(pod: Pod): number {
  return Number(pod.metadata.name.split('-').at(-1));
}

/** Keeps numbered pods, started one after the other and replaced from the last to the first. */
export class StatefulSetController implements Controller {
  readonly name = 'statefulset';

  constructor(private readonly context: ControllerContext) {}

  keysOf(change: Change): string[] {
    return keysFor(change, 'StatefulSet', 'Pod');
  }

  reconcile(key: string): undefined {
    const { namespace, name } = splitKey(key);
    const set = this.context.store.get('StatefulSet', namespace, name);
    if (!set || set.metadata.deletionTimestamp) return;
    const revision = `${name}-${templateHash(set.spec.template)}`;
    this.managePods(set, revision);
    this.report(set, revision);
  }

  private managePods(set: StatefulSet, revision: string): void {
    const { replicas, template, podManagementPolicy, updateStrategy } = set.spec;
    const pods = activePodsOf(this.context, set).sort((left, right) => ordinalOf(left) - ordinalOf(right));
    const last = pods.at(-1);
    if (last && ordinalOf(last) >= replicas) return deletePod(this.context, { owner: set, component }, last);
    for (let ordinal = 0; ordinal < replicas; ordinal++) {
      const pod = pods.find(candidate => ordinalOf(candidate) === ordinal);
      const name = `${set.metadata.name}-${ordinal}`;
      if (!pod) {
        // The one before, of the same name, may still be on its way out.
        if (this.context.store.get('Pod', set.metadata.namespace, name)) return undefined;
        const labels = {
          [revisionLabel]: revision,
          'statefulset.kubernetes.io/pod-name': name,
          'apps.kubernetes.io/pod-index': String(ordinal),
        };
        this.createClaims(set, name);
        createPod(this.context, { owner: set, template, component }, { name, labels });
      }
      if (podManagementPolicy !== 'Parallel' && !(pod && isReady(pod))) return undefined;
    }
    const old = pods.filter(pod => pod.metadata.labels?.[revisionLabel] !== revision).at(-1);
    const isOpen = updateStrategy?.type !== 'OnDelete' && pods.every(pod => pod === old || isReady(pod));
    return old && isOpen ? deletePod(this.context, { owner: set, component }, old) : undefined;
  }

  private createClaims(set: StatefulSet, podName: string): void {
    const { volumeClaimTemplates = [] } = set.spec as { volumeClaimTemplates?: KubernetesObject[] };
    const { namespace } = set.metadata;
    for (const claim of volumeClaimTemplates) {
      const name = `${claim.metadata.name}-${podName}`;
      if (this.context.store.get('PersistentVolumeClaim', namespace, name)) continue;
      const { matchLabels: labels } = set.spec.selector;
      const object = { ...claim, metadata: { name, namespace, labels }, status: undefined };
      this.context.resources.create(claimType, object, { manager: controllerManager });
    }
  }

  private report(set: StatefulSet, revision: string): void {
    const pods = activePodsOf(this.context, set);
    const updated = pods.filter(pod => pod.metadata.labels?.[revisionLabel] === revision).length;
    const ready = pods.filter(isReady).length;
    const { currentRevision = revision } = (set.status ?? {}) as { currentRevision?: string };
    const isDone = updated === pods.length && updated === set.spec.replicas && ready === updated;
    const current = isDone ? revision : currentRevision;
    writeStatus(this.context, set, {
      observedGeneration: set.metadata.generation,
      replicas: pods.length,
      readyReplicas: ready,
      availableReplicas: ready,
      currentReplicas: pods.filter(pod => pod.metadata.labels?.[revisionLabel] === current).length,
      updatedReplicas: updated,
      currentRevision: current,
      updateRevision: revision,
      collisionCount: 0,
    });
  }
}
