import { ANNOTATION_DEFAULT_CONTAINER, type KubernetesPod } from './kubernetesObjects';
import { podProblemOf } from './podProblem';

/** The container that the pod names for it, as `kubectl logs` does, otherwise the first. */
export function defaultContainerOf(pod: KubernetesPod): string {
  const named = pod.metadata.annotations[ANNOTATION_DEFAULT_CONTAINER];
  const { containers } = pod.spec;
  return containers.find(({ name }) => name === named)?.name ?? containers[0].name;
}

/** Why there is no log of a container, in words. */
export function logObstacleOf(pod: KubernetesPod, chosen: { container: string; previous: boolean }): string {
  const name = `container ${chosen.container} of pod ${pod.metadata.name}`;
  if (chosen.previous) return `There is no log of an earlier run of ${name}: it has not been started again.`;
  const statuses = [...pod.status.containerStatuses, ...pod.status.initContainerStatuses];
  const waiting = statuses.find(status => status.name === chosen.container)?.state.waiting;
  switch (waiting?.reason) {
    case 'ErrImagePull':
    case 'ImagePullBackOff':
    case 'InvalidImageName':
      return `There is no log yet: the image of ${name} cannot be pulled.`;
    case 'CreateContainerConfigError':
      return `There is no log yet: ${name} cannot be created, because its configuration is incomplete.`;
    case 'PodInitializing':
      return `There is no log yet: ${name} waits for the init containers.`;
    case 'ContainerCreating':
      return `There is no log yet: ${name} is being created.`;
    default: {
      const reason = waiting?.reason || podProblemOf(pod)?.reason;
      return `There is no log of ${name}: it has not started${reason ? ` (${reason})` : ''}.`;
    }
  }
}
