import type { Pod } from '@leitstand/plugin-rollouts-common';

/** The container whose log a person most likely wants: one that is not well, otherwise the first. */
export function likelyContainer(pod: Pod | undefined): string | undefined {
  const containers = pod?.containers ?? [];
  return (containers.find(container => !container.isReady) ?? containers[0])?.name;
}

/** Whether anything can still be added to a pod's logs. */
export function mayStillWrite(pod: Pod | undefined): boolean {
  return pod?.phase !== 'Succeeded' && pod?.phase !== 'Failed';
}
