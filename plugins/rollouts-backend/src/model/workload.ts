import {
  type ContainerImage,
  type Freshness,
  type Revision,
  type Workload,
  type WorkloadEvent,
} from '@leitstand/plugin-rollouts-common';
import { addressesOf, type NetworkParts } from './addresses';
import { autoscalerOf } from './autoscaler';
import type { HorizontalPodAutoscaler } from './autoscalerObjects';
import type { PodMetrics } from './clusterObjects';
import { describePods } from './describePods';
import { healthOf } from './health';
import {
  ANNOTATION_CHANGE_CAUSE,
  revisionOf,
  type KubernetesEvent,
  type KubernetesPod,
  type PodTemplate,
  type ReplicaSet,
} from './kubernetesObjects';
import { lastChangeOf } from './lastChange';
import { replicasOf } from './replicas';
import { resourcesOf } from './resources';
import { scheduleOf } from './schedule';
import { podTemplateOf, type Job, type WorkloadObject } from './workloadObjects';

/** Most events that a workload's page gets. */
const maxEventCount = 50;

/** A workload with everything that belongs to it. */
export interface WorkloadParts {
  cluster: string;
  workload: WorkloadObject;
  /** Of a Deployment. */
  replicaSets: readonly ReplicaSet[];
  /** Of a CronJob. */
  jobs: readonly Job[];
  pods: readonly KubernetesPod[];
  events: readonly KubernetesEvent[];
  /** By pod. */
  metrics: ReadonlyMap<string, PodMetrics>;
  network: Omit<NetworkParts, 'labels'>;
  autoscaler?: HorizontalPodAutoscaler;
  missing: Workload['missing'];
  freshness: Freshness;
}

/** Puts together what a workload's page shows. */
export function workloadOf(parts: WorkloadParts): Workload {
  const { workload, replicaSets, jobs, pods, metrics } = parts;
  const template = podTemplateOf(workload);
  const revisions = new Map(replicaSets.map(set => [set.metadata.uid, revisionOf(set)]));
  return {
    cluster: parts.cluster,
    namespace: workload.metadata.namespace,
    kind: workload.kind,
    name: workload.metadata.name,
    uid: workload.metadata.uid,
    createdAt: workload.metadata.creationTimestamp,
    health: healthOf(workload, pods, jobs),
    lastChangedAt: lastChangeOf(workload, replicaSets),
    strategy: strategyOf(workload),
    isPaused: isPaused(workload),
    replicas: replicasOf(workload),
    images: imagesOf(template),
    resources: resourcesOf(template, pods, metrics),
    revisions: workload.kind === 'Deployment' ? revisionsOf(revisionOf(workload), replicaSets) : [],
    pods: describePods(pods, { revisions, metrics }),
    podCount: pods.length,
    events: parts.events
      .map(describeEvent)
      .sort((a, b) => b.lastSeen.localeCompare(a.lastSeen) || a.object.localeCompare(b.object))
      .slice(0, maxEventCount),
    addresses: addressesOf({ ...parts.network, labels: template.metadata.labels }),
    autoscaler: parts.autoscaler && autoscalerOf(parts.autoscaler),
    schedule: workload.kind === 'CronJob' ? scheduleOf(workload, jobs) : undefined,
    missing: parts.missing,
    freshness: parts.freshness,
  };
}

function strategyOf(workload: WorkloadObject): string {
  if (workload.kind === 'CronJob') return workload.spec.concurrencyPolicy;
  return workload.kind === 'Deployment' ? workload.spec.strategy.type : workload.spec.updateStrategy.type;
}

function isPaused(workload: WorkloadObject): boolean {
  if (workload.kind === 'CronJob') return workload.spec.suspend;
  return workload.kind === 'Deployment' && workload.spec.paused;
}

/** Container names and images of a pod template. */
export function imagesOf(template: PodTemplate): ContainerImage[] {
  return template.spec.containers.map(({ name, image }) => ({ container: name, image }));
}

/** The rollout history, newest first; a ReplicaSet without a revision is not part of it. */
function revisionsOf(current: number | undefined, replicaSets: readonly ReplicaSet[]): Revision[] {
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
          images: imagesOf(set.spec.template),
          replicas: set.status.replicas,
          readyReplicas: set.status.readyReplicas,
        },
      ];
    })
    .sort((a, b) => b.revision - a.revision);
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
