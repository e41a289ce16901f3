import type { KubernetesPod } from './kubernetesObjects';
import { podProblemOf, type PodProblem } from './podProblem';

/** What is wrong with one of several pods. */
export interface PodTrouble extends PodProblem {
  pod: string;
  since: string;
}

/** The pods that count: one that ended badly (evicted, for example) was replaced by another and is history. */
export function presentPods(pods: readonly KubernetesPod[]): KubernetesPod[] {
  return pods.filter(({ status }) => status.phase !== 'Failed');
}

/** The trouble that has lasted longest; undefined where no pod has any. */
export function worstTrouble(pods: readonly KubernetesPod[]): PodTrouble | undefined {
  const troubles = pods.flatMap(pod => {
    const problem = podProblemOf(pod);
    return problem ? [{ ...problem, pod: pod.metadata.name, since: pod.metadata.creationTimestamp }] : [];
  });
  return troubles.sort((a, b) => a.since.localeCompare(b.since) || a.pod.localeCompare(b.pod))[0];
}

/** What is the matter, in a sentence with names. */
export function explainTrouble(trouble: PodTrouble): string {
  switch (trouble.reason) {
    case 'ErrImagePull':
    case 'ImagePullBackOff':
    case 'InvalidImageName':
      return `The image ${trouble.image} of container ${trouble.container} cannot be pulled (pod ${trouble.pod}).`;
    case 'CrashLoopBackOff':
      return `Container ${trouble.container} crashes again and again (pod ${trouble.pod}).`;
    case 'OOMKilled':
      return `Container ${trouble.container} used more memory than it may and was killed (pod ${trouble.pod}).`;
    case 'CreateContainerConfigError':
      return `Container ${trouble.container} cannot be created: its configuration is incomplete (pod ${trouble.pod}).`;
    case 'Unschedulable':
      return `No node has room for pod ${trouble.pod}.`;
    default:
      return `Pod ${trouble.pod} is not well: ${trouble.reason}.`;
  }
}

/** What to try. */
export function troubleAdvice(trouble: PodTrouble): string {
  switch (trouble.reason) {
    case 'ErrImagePull':
    case 'ImagePullBackOff':
    case 'InvalidImageName':
      return 'Check that this image and tag exist, and that the cluster may pull them.';
    case 'CrashLoopBackOff':
      return 'Read the log of its last run.';
    case 'OOMKilled':
      return 'Raise its memory limit, or find what uses the memory.';
    case 'CreateContainerConfigError':
      return 'Check that the ConfigMaps and Secrets that it names exist.';
    case 'Unschedulable':
      return 'Lower what it requests, or add a node.';
    default:
      return 'Look at the events of the pod.';
  }
}
