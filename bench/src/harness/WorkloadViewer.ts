import { decodeLiveEvents } from '@leitstand/plugin-live-common';
import { workloadTopic, type Workload, type WorkloadRef } from '@leitstand/plugin-rollouts-common';

/** Whose window it is, and what it shows. */
export interface WorkloadViewerOptions {
  portalUrl: string;
  token: string;
  workload: WorkloadRef;
}

/** What a workload's page asks of the portal: the workload once, and then its live stream until it is closed. */
export class WorkloadViewer {
  readonly #options: WorkloadViewerOptions;
  readonly #waiting = new Set<() => void>();
  #latest: Workload | undefined;
  #controller = new AbortController();
  #following: Promise<void> = Promise.resolve();

  constructor(options: WorkloadViewerOptions) {
    this.#options = options;
  }

  /** Milliseconds until the workload was there, by request and by stream. */
  async open(): Promise<number> {
    const started = performance.now();
    this.#latest = undefined;
    this.#controller = new AbortController();
    const { signal } = this.#controller;
    this.#following = this.#follow(signal).catch(error => {
      if (!signal.aborted) throw error;
    });
    const isThere = this.until(() => true);
    await Promise.all([this.#get(), Promise.race([isThere, this.#following.then(() => isThere)])]);
    return performance.now() - started;
  }

  /** Waits for a state of the stream that fits. */
  async until(fits: (workload: Workload) => boolean): Promise<void> {
    while (!this.#latest || !fits(this.#latest)) await new Promise<void>(resolve => this.#waiting.add(resolve));
  }

  async close(): Promise<void> {
    this.#controller.abort();
    await this.#following;
  }

  async #get(): Promise<void> {
    const { cluster, namespace, kind, name } = this.#options.workload;
    const response = await this.#fetch(
      `/api/rollouts/v1/clusters/${cluster}/namespaces/${namespace}/workloads/${kind}/${name}`,
    );
    await response.json();
  }

  async #follow(signal: AbortSignal): Promise<void> {
    const query = new URLSearchParams({ topic: workloadTopic(this.#options.workload) });
    const { body } = await this.#fetch(`/api/live/v1/stream?${query}`, signal);
    if (!body) throw new Error('The live stream has no body');
    for await (const event of decodeLiveEvents(body)) {
      if (event.type === 'failure') throw new Error(event.error.message);
      if (event.type !== 'message') continue;
      this.#latest = event.data as Workload;
      const waiting = [...this.#waiting];
      this.#waiting.clear();
      waiting.forEach(tell => tell());
    }
  }

  async #fetch(target: string, signal?: AbortSignal): Promise<Response> {
    const { portalUrl, token } = this.#options;
    const response = await fetch(portalUrl + target, { headers: { Authorization: `Bearer ${token}` }, signal });
    if (!response.ok) throw new Error(`${target} answered ${response.status}`);
    return response;
  }
}
