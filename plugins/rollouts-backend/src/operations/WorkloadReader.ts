import type { WorkloadKind, WorkloadRef } from '@leitstand/plugin-rollouts-common';
import type { KubernetesClient } from '../client/KubernetesClient';
import { documentTypeOf, type DocumentOf, type WorkloadDocument } from '../model/workloadDocuments';
import type { WritableClusters } from './WritableClusters';

/**
 * Reads workloads with the credentials of the operations. Whoever asks for a workload that is being read waits for that
 * answer: a page asks for all its operations at once.
 */
export class WorkloadReader {
  readonly #clusters: WritableClusters;
  readonly #reading = new Map<string, Promise<WorkloadDocument>>();
  /** Requests end with the clusters' clients; none of many readers ends that of the others. */
  readonly #signal = new AbortController().signal;

  constructor(clusters: WritableClusters) {
    this.#clusters = clusters;
  }

  /** @throws what {@link WritableClusters.get} throws */
  clientOf(cluster: string): KubernetesClient {
    return this.#clusters.get(cluster);
  }

  /** @throws what {@link WritableClusters.get} throws; UpstreamError; the signal's reason */
  async read<TKind extends WorkloadKind>(
    ref: WorkloadRef & { kind: TKind },
    signal: AbortSignal,
  ): Promise<DocumentOf<TKind>> {
    const key = [ref.cluster, ref.namespace, ref.kind, ref.name].join('\0');
    const reading = this.#reading.get(key) ?? this.#start(key, ref);
    const workload = await reading;
    signal.throwIfAborted();
    return workload as DocumentOf<TKind>; // what documentTypeOf(kind) reads is of that kind
  }

  #start(key: string, ref: WorkloadRef): Promise<WorkloadDocument> {
    const reading = this.clientOf(ref.cluster)
      .get(documentTypeOf(ref.kind), ref, this.#signal)
      .finally(() => this.#reading.delete(key));
    this.#reading.set(key, reading);
    return reading;
  }
}
