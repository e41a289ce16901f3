import { maxPodCount, type Pod, type PodContainer } from '@leitstand/plugin-rollouts-common';
import type { PodMetrics } from './clusterObjects';
import { controllerUidOf, type KubernetesPod } from './kubernetesObjects';
import { isPodReady, podProblemOf } from './podProblem';
import { computeQuantitiesOf, sumOfQuantities } from './quantity';

/** What is known about pods besides themselves. */
export interface PodSurroundings {
  /** Revision of a ReplicaSet, by its uid. */
  revisions: ReadonlyMap<string, number | undefined>;
  /** By name. */
  metrics: ReadonlyMap<string, PodMetrics>;
}

/** The pods of a workload's page: in trouble first, then by name; at most as many as a reply carries. */
export function describePods(pods: readonly KubernetesPod[], surroundings: PodSurroundings): Pod[] {
  const ranked = pods.map(pod => ({ pod, rank: rankOf(pod) }));
  ranked.sort((a, b) => a.rank - b.rank || compare(a.pod.metadata.name, b.pod.metadata.name));
  return ranked.slice(0, maxPodCount).map(({ pod }) => describePod(pod, surroundings));
}

/** How often the containers of a pod were started again. */
export function restartsOf(pod: KubernetesPod): number {
  return statusesOf(pod).reduce((sum, status) => sum + status.restartCount, 0);
}

function rankOf(pod: KubernetesPod): number {
  if (podProblemOf(pod)) return 0;
  return isPodReady(pod) || pod.status.phase === 'Succeeded' ? 2 : 1;
}

function describePod(pod: KubernetesPod, { revisions, metrics }: PodSurroundings): Pod {
  const problem = podProblemOf(pod);
  const usage = metrics.get(pod.metadata.name);
  return {
    name: pod.metadata.name,
    revision: revisions.get(controllerUidOf(pod) ?? ''),
    phase: pod.status.phase,
    reason: problem?.reason,
    message: problem?.message || undefined,
    isReady: isPodReady(pod),
    isTerminating: pod.metadata.deletionTimestamp !== undefined,
    restarts: restartsOf(pod),
    node: pod.spec.nodeName,
    createdAt: pod.metadata.creationTimestamp,
    containers: containersOf(pod),
    usage: usage && sumOfQuantities(usage.containers.map(container => computeQuantitiesOf(container.usage))),
  };
}

/** Init containers that matter (running, waiting or failed) stand after the others. */
function containersOf(pod: KubernetesPod): PodContainer[] {
  const statuses = new Map(statusesOf(pod).map(status => [status.name, status]));
  const started = pod.spec.initContainers.filter(({ name }) => statuses.has(name));
  return [...pod.spec.containers, ...started].map(({ name, image }) =>
    describeContainer(name, image, statuses.get(name)),
  );
}

type ContainerStatus = KubernetesPod['status']['containerStatuses'][number];

function describeContainer(name: string, image: string, status: ContainerStatus | undefined): PodContainer {
  const { running, waiting, terminated } = status?.state ?? {};
  const last = status?.lastState.terminated;
  const state = terminated ? 'terminated' : 'waiting';
  const why = terminated ?? waiting;
  return {
    name,
    image,
    isReady: status?.ready ?? false,
    restarts: status?.restartCount ?? 0,
    state: running ? 'running' : state,
    reason: why?.reason || undefined,
    message: why?.message || undefined,
    lastTermination: last && {
      reason: last.reason || undefined,
      exitCode: last.exitCode,
      finishedAt: last.finishedAt ?? undefined,
    },
  };
}

function statusesOf(pod: KubernetesPod): ContainerStatus[] {
  return [...pod.status.containerStatuses, ...pod.status.initContainerStatuses];
}

/** By code unit: names are ASCII, and a locale's order is a hundred times slower. */
function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
