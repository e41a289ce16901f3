import {
  type ContainerImage,
  type Freshness,
  type Pod,
  type Revision,
  type Workload,
  type WorkloadEvent,
} from '@leitstand/plugin-rollouts-common';
import { healthOf } from './health';
import {
  ANNOTATION_CHANGE_CAUSE,
  controllerUidOf,
  revisionOf,
  type Deployment,
  type KubernetesEvent,
  type KubernetesPod,
  type ReplicaSet,
} from './kubernetesObjects';
import { isPodReady, podProblemOf } from './podProblem';

/** Most events that a workload's page gets. */
const maxEventCount = 50;

/** A Deployment with everything that belongs to it. */
export interface WorkloadParts {
  cluster: string;
  deployment: Deployment;
  replicaSets: readonly ReplicaSet[];
  pods: readonly KubernetesPod[];
  events: readonly KubernetesEvent[];
  freshness: Freshness;
}

/** Puts together what a workload's page shows. */
export function workloadOf(parts: WorkloadParts): Workload {
  const { deployment } = parts;
  const revisions = new Map(parts.replicaSets.map(set => [set.metadata.uid, revisionOf(set)]));
  return {
    cluster: parts.cluster,
    namespace: deployment.metadata.namespace,
    kind: 'Deployment',
    name: deployment.metadata.name,
    uid: deployment.metadata.uid,
    createdAt: deployment.metadata.creationTimestamp,
    health: healthOf(deployment, parts.pods),
    strategy: deployment.spec.strategy.type,
    isPaused: deployment.spec.paused,
    replicas: {
      desired: deployment.spec.replicas,
      current: deployment.status.replicas,
      updated: deployment.status.updatedReplicas,
      ready: deployment.status.readyReplicas,
      available: deployment.status.availableReplicas,
    },
    images: imagesOf(deployment),
    revisions: revisionsOf(deployment, parts.replicaSets),
    pods: parts.pods
      .map(pod => describePod(pod, revisions))
      .sort((a, b) => b.createdAt.localeCompare(a.createdAt) || a.name.localeCompare(b.name)),
    events: parts.events
      .map(describeEvent)
      .sort((a, b) => b.lastSeen.localeCompare(a.lastSeen) || a.object.localeCompare(b.object))
      .slice(0, maxEventCount),
    freshness: parts.freshness,
  };
}

/** Container names and images of a pod template. */
export function imagesOf(owner: Deployment | ReplicaSet): ContainerImage[] {
  return owner.spec.template.spec.containers.map(({ name, image }) => ({ container: name, image }));
}

/** The rollout history, newest first; a ReplicaSet without a revision is not part of it. */
function revisionsOf(deployment: Deployment, replicaSets: readonly ReplicaSet[]): Revision[] {
  const current = revisionOf(deployment);
  return replicaSets
    .flatMap(set => {
      const revision = revisionOf(set);
      if (revision === undefined) return [];
      return [
        {
          revision,
          replicaSet: set.metadata.name,
          isCurrent: revision === current,
          createdAt: set.metadata.creationTimestamp,
          changeCause: set.metadata.annotations[ANNOTATION_CHANGE_CAUSE],
          images: imagesOf(set),
          replicas: set.status.replicas,
          readyReplicas: set.status.readyReplicas,
        },
      ];
    })
    .sort((a, b) => b.revision - a.revision);
}

function describePod(pod: KubernetesPod, revisions: Map<string, number | undefined>): Pod {
  const problem = podProblemOf(pod);
  const statuses = [...pod.status.containerStatuses, ...pod.status.initContainerStatuses];
  return {
    name: pod.metadata.name,
    revision: revisions.get(controllerUidOf(pod) ?? ''),
    phase: pod.status.phase,
    reason: problem?.reason,
    message: problem?.message || undefined,
    isReady: isPodReady(pod),
    isTerminating: pod.metadata.deletionTimestamp !== undefined,
    restarts: statuses.reduce((sum, status) => sum + status.restartCount, 0),
    node: pod.spec.nodeName,
    createdAt: pod.metadata.creationTimestamp,
  };
}

function describeEvent(event: KubernetesEvent): WorkloadEvent {
  return {
    type: event.type,
    reason: event.reason,
    message: event.message,
    object: `${event.involvedObject.kind}/${event.involvedObject.name}`,
    count: event.series?.count ?? event.count ?? 1,
    lastSeen:
      event.series?.lastObservedTime ??
      event.lastTimestamp ??
      event.eventTime ??
      event.firstTimestamp ??
      event.metadata.creationTimestamp,
  };
}
