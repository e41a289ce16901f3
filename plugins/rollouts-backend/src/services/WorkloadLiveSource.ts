import { createHash } from 'node:crypto';
import type { BackstageCredentials, PermissionsService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { authorize } from '@leitstand/plugin-kit-node';
import { LatestState, type LiveSource, type LiveState } from '@leitstand/plugin-live-node';
import { workloadReadPermission, workloadRefOfTopic, type Workload } from '@leitstand/plugin-rollouts-common';
import type { ClusterReader } from '../reflector/ClusterReader';
import type { ClusterReaders } from './ClusterReaders';
import { readWorkload } from './WorkloadService';

/** What the source of live workloads stands on. */
export interface WorkloadLiveSourceOptions {
  readers: ClusterReaders;
  permissions: PermissionsService;
  /** Changes within this time become one message, in milliseconds. Default: 200. */
  coalesceMs?: number;
}

/** One topic with everybody who reads it. */
interface Topic {
  latest: LatestState;
  readerCount: number;
  failure: AbortController;
  close(): void;
}

/** Streams whole workloads: at once, and after each change. Readers of one workload share one computation. */
export class WorkloadLiveSource implements LiveSource {
  readonly prefix = 'rollouts';
  readonly #options: WorkloadLiveSourceOptions;
  readonly #topics = new Map<string, Topic>();

  constructor(options: WorkloadLiveSourceOptions) {
    this.#options = options;
  }

  async authorize(topic: string, credentials: BackstageCredentials): Promise<void> {
    await authorize(this.#options.permissions, workloadReadPermission, credentials);
    this.#options.readers.get(refOf(topic).cluster);
  }

  /** @throws NotFoundError when there is no such workload (any more); UpstreamError when the cluster was never read */
  async *states(name: string, options: { signal: AbortSignal }): AsyncGenerator<LiveState> {
    const { cluster, namespace } = refOf(name);
    const reader = this.#options.readers.get(cluster);
    const group = reader.forWorkload(namespace);
    const lease = group.acquire();
    try {
      await group.settled(options.signal);
      if (!this.#topics.has(name)) this.#topics.set(name, this.#open(name, reader));
      const topic = this.#topics.get(name)!;
      topic.readerCount += 1;
      try {
        yield* topic.latest.states(AbortSignal.any([options.signal, topic.failure.signal]));
        if (topic.failure.signal.aborted) throw topic.failure.signal.reason;
      } finally {
        topic.readerCount -= 1;
        if (topic.readerCount === 0) this.#close(name, topic);
      }
    } catch (error) {
      if (!options.signal.aborted) throw error;
    } finally {
      lease[Symbol.dispose]();
    }
  }

  #open(name: string, reader: ClusterReader): Topic {
    const ref = refOf(name);
    const latest = new LatestState();
    const failure = new AbortController();
    let timer: NodeJS.Timeout | undefined;
    const publish = () => {
      timer = undefined;
      try {
        latest.set(stateOf(readWorkload(reader, ref)));
      } catch (error) {
        this.#topics.delete(name);
        failure.abort(error);
      }
    };
    latest.set(stateOf(readWorkload(reader, ref)));
    const stopListening = reader.forWorkload(ref.namespace).onChange(() => {
      timer ??= setTimeout(publish, this.#options.coalesceMs ?? 200);
    });
    const close = () => {
      stopListening();
      clearTimeout(timer);
    };
    return { latest, failure, readerCount: 0, close };
  }

  #close(name: string, topic: Topic): void {
    topic.close();
    if (this.#topics.get(name) === topic) this.#topics.delete(name);
  }
}

function refOf(topic: string) {
  const ref = workloadRefOfTopic(topic);
  if (!ref) throw new InputError('A topic of this source is rollouts:workload/<cluster>/<namespace>/<kind>/<name>');
  return ref;
}

/** The time of the last word from the cluster is no change of the workload. */
function stateOf(workload: Workload): LiveState {
  const { observedAt: _, ...freshness } = workload.freshness;
  const id = createHash('sha256')
    .update(JSON.stringify({ ...workload, freshness }))
    .digest('base64url');
  return { id, data: workload };
}
