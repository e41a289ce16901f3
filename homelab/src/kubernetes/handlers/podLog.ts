// https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#get-read-log-of-the-specified-pod
import { badRequest, notModelled } from '../codec/ApiError';
import type { ContainerStatus, Pod } from '../model';

function requireContainer(pod: Pod, query: URLSearchParams): string {
  const names = pod.spec.containers.map(container => container.name);
  const asked = query.get('container');
  if (asked === null && names.length > 1) {
    const choice = `choose one of: [${names.join(' ')}]`;
    throw badRequest(`a container name must be specified for pod ${pod.metadata.name}, ${choice}`);
  }
  const name = asked ?? names[0];
  if (!names.includes(name)) throw badRequest(`container ${name} is not valid for pod ${pod.metadata.name}`);
  return name;
}

/** Why there is no log yet, in the kubelet's words (kubelet_pods.go, validateContainerLogStatus). */
function waitingReason(status: ContainerStatus | undefined): string | undefined {
  if (status?.state.running) return undefined;
  const reason = status?.state.waiting?.reason ?? 'ContainerCreating';
  if (reason === 'ErrImagePull') return "image can't be pulled";
  return reason === 'ImagePullBackOff' ? 'trying and failing to pull image' : reason;
}

/**
 * The log of a container: the few lines that every server writes when it starts.
 * @throws ApiError 400 when the container waits or is not named, 501 for what is not modelled
 */
export function podLog(pod: Pod, query: URLSearchParams): string {
  if (query.get('follow') === 'true') throw notModelled('following a log');
  if (query.get('previous') === 'true') throw notModelled('logs of earlier containers');
  const container = requireContainer(pod, query);
  const status = pod.status.containerStatuses?.find(candidate => candidate.name === container);
  const reason = waitingReason(status);
  if (reason) {
    throw badRequest(`container "${container}" in pod "${pod.metadata.name}" is waiting to start: ${reason}`);
  }
  const startedAt = status?.state.running?.startedAt ?? '';
  const image = status?.image ?? '';
  const lines = [`starting ${image}`, 'configuration read from environment', 'ready to serve'];
  const stamp = query.get('timestamps') === 'true' ? `${startedAt.replace('Z', '.000000000Z')} ` : '';
  const tail = query.get('tailLines');
  const shown = tail === null ? lines : lines.slice(Math.max(0, lines.length - Number(tail)));
  return shown.map(line => `${stamp}${line}\n`).join('');
}
