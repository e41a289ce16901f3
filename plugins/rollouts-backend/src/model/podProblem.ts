import type { KubernetesPod } from './kubernetesObjects';

/** What keeps a pod from being ready, as Kubernetes says it. */
export interface PodProblem {
  /** For example `ImagePullBackOff`, `CrashLoopBackOff`, `Unschedulable`. */
  reason: string;
  message: string;
  container?: string;
  image?: string;
}

/** Reasons that belong to a start without trouble. */
const harmlessReasons = ['', 'ContainerCreating', 'PodInitializing'];

/** The first thing that is wrong with a pod; undefined where nothing is, or nothing yet. */
export function podProblemOf(pod: KubernetesPod): PodProblem | undefined {
  if (pod.metadata.deletionTimestamp) return undefined;
  const images = new Map([...pod.spec.initContainers, ...pod.spec.containers].map(({ name, image }) => [name, image]));
  for (const status of [...pod.status.initContainerStatuses, ...pod.status.containerStatuses]) {
    const { waiting, terminated } = status.state;
    const stopped = terminated && terminated.exitCode !== 0 ? terminated : undefined;
    const state = waiting && !harmlessReasons.includes(waiting.reason) ? waiting : stopped;
    if (!state) continue;
    return {
      reason: state.reason || 'Error',
      message: state.message,
      container: status.name,
      image: images.get(status.name) ?? status.image,
    };
  }
  const unscheduled = pod.status.conditions.find(({ type, status }) => type === 'PodScheduled' && status === 'False');
  if (unscheduled) return { reason: unscheduled.reason || 'Unschedulable', message: unscheduled.message };
  if (pod.status.phase === 'Failed')
    return { reason: pod.status.reason ?? 'Failed', message: pod.status.message ?? '' };
  return undefined;
}

/** Whether the pod takes traffic. */
export function isPodReady(pod: KubernetesPod): boolean {
  return pod.status.conditions.some(({ type, status }) => type === 'Ready' && status === 'True');
}
