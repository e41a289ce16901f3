import type { Readable } from 'node:stream';
import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import { UpstreamError, withCode } from '@leitstand/plugin-kit-common';
import type { RolloutsErrorCode } from '@leitstand/plugin-rollouts-common';
import type { LogSelection } from '../client/KubernetesClient';
import { isExcluded } from '../config';
import { defaultContainerOf, logObstacleOf } from '../model/podLog';
import type { KubernetesPod } from '../model/kubernetesObjects';
import type { ClusterReader } from '../reflector/ClusterReader';
import type { ClusterReaders } from './ClusterReaders';

/** Where a pod is. */
export interface PodPlace {
  cluster: string;
  namespace: string;
  pod: string;
}

/** What containers write. */
export interface PodLogService {
  /**
   * The log as text, each line with its time; ends with the signal.
   *
   * @throws NotFoundError with code `CLUSTER_UNKNOWN`, `CLUSTER_NOT_READ` or `POD_NOT_FOUND`
   * @throws InputError when the pod has no such container
   * @throws ConflictError with code `LOG_NOT_AVAILABLE` when the container has written nothing that could be read
   * @throws UpstreamError
   */
  open(place: PodPlace, selection: PodLogSelection, options: { signal: AbortSignal }): Promise<Readable>;
}

/** What to read; the container may be left out. */
export type PodLogSelection = Omit<LogSelection, 'container'> & { container?: string };

/** Reads from the clusters directly: nothing of a log is kept. */
export class DefaultPodLogService implements PodLogService {
  readonly #readers: ClusterReaders;

  private constructor(readers: ClusterReaders) {
    this.#readers = readers;
  }

  static create(options: { readers: ClusterReaders }): DefaultPodLogService {
    return new DefaultPodLogService(options.readers);
  }

  async open(place: PodPlace, selection: PodLogSelection, options: { signal: AbortSignal }): Promise<Readable> {
    const reader = this.#readers.get(place.cluster);
    if (isExcluded(place.namespace, this.#readers.config.excludedNamespaces)) throw podNotFound(place);
    const pod = await this.#findPod(reader, place, options.signal);
    const container = selection.container ?? defaultContainerOf(pod);
    const names = [...pod.spec.containers, ...pod.spec.initContainers].map(({ name }) => name);
    if (!names.includes(container)) {
      throw new InputError(`Pod ${place.pod} has no container ${container}. It has: ${names.join(', ')}.`);
    }
    const chosen = { ...selection, container };
    // Without a node the API server answers with an empty log.
    if (!pod.spec.nodeName) throw notAvailable(logObstacleOf(pod, chosen));
    try {
      return await reader.openLog({ namespace: place.namespace, name: place.pod }, chosen, options.signal);
    } catch (error) {
      throw explain(error, { place, pod, chosen });
    }
  }

  async #findPod(reader: ClusterReader, place: PodPlace, signal: AbortSignal): Promise<KubernetesPod> {
    const pod = await reader.findPod({ namespace: place.namespace, name: place.pod }, signal);
    if (!pod) throw podNotFound(place);
    return pod;
  }
}

function podNotFound(place: PodPlace): Error {
  return withCode<Error, RolloutsErrorCode>(
    new NotFoundError(
      `There is no pod ${place.namespace}/${place.pod} on cluster ${place.cluster}. It may have been replaced; reload the workload.`,
    ),
    'POD_NOT_FOUND',
  );
}

/** 404: the pod went away meanwhile. 400: the kubelet has no log of the container; why is told by the pod's status. */
function explain(
  error: unknown,
  { place, pod, chosen }: { place: PodPlace; pod: KubernetesPod; chosen: LogSelection },
): unknown {
  if (!(error instanceof UpstreamError)) return error;
  if (error.upstreamStatus === 404) return podNotFound(place);
  if (error.upstreamStatus !== 400) return error;
  return notAvailable(logObstacleOf(pod, chosen));
}

function notAvailable(why: string): Error {
  return withCode<Error, RolloutsErrorCode>(new ConflictError(why), 'LOG_NOT_AVAILABLE');
}
