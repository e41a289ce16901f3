import { untilSignedIn } from './untilSignedIn';

/** A run that has ended, with the times that the portal keeps of it. */
export interface EndedRun {
  state: string;
  createdAt: string;
  finishedAt: string;
}

/** The portal's routes that a person's operation goes through, as an administrator. */
export class BenchDoor {
  readonly #url: string;
  readonly #headers: Record<string, string>;

  private constructor(url: string, token: string) {
    this.#url = url;
    this.#headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' };
  }

  /** Signs in as soon as the catalogue knows the users, a moment after the first start. */
  static async open(url: string): Promise<BenchDoor> {
    return new BenchDoor(url, await untilSignedIn(url, 'admin'));
  }

  /** References of the Deployments in the catalogue, once there are so many. */
  async untilEntities(count: number): Promise<string[]> {
    for (;;) {
      const path = `/api/catalog/entities?filter=kind=component,metadata.annotations.backstage.io/kubernetes-cluster=bench`;
      const entities = await this.#send<{ metadata: { name: string } }[]>('GET', path);
      if (entities.length >= count) return entities.map(({ metadata }) => `component:default/${metadata.name}`);
      await new Promise(resolve => setTimeout(resolve, 500));
    }
  }

  /** @returns id of the run that was taken. @throws when the plan or the run is refused */
  async planAndRun(operation: string, entityRef: string): Promise<string> {
    const plan = await this.#send<{ id: string }>('POST', '/api/operations/v1/plans', {
      operation,
      entityRef,
      input: {},
    });
    const run = { planId: plan.id, reason: 'benchmark', idempotencyKey: plan.id };
    return (await this.#send<{ id: string }>('POST', '/api/operations/v1/runs', run)).id;
  }

  async untilFinished(runId: string): Promise<void> {
    const [run] = await this.untilAllFinished([runId], 30_000);
    if (run?.state !== 'succeeded') throw new Error(`The run ended as ${run?.state}`);
  }

  /** Waits for the end of runs, at most so long. @returns those that ended */
  async untilAllFinished(runIds: readonly string[], limitMs: number): Promise<EndedRun[]> {
    const deadline = Date.now() + limitMs;
    const open = new Set(runIds);
    const ended: EndedRun[] = [];
    while (open.size > 0 && Date.now() < deadline) {
      for (const id of [...open]) {
        const run = await this.#send<EndedRun>('GET', `/api/operations/v1/runs/${id}`);
        if (run.state === 'queued' || run.state === 'running') break; // they end about in the order in which they began
        open.delete(id);
        ended.push(run);
      }
      await new Promise(resolve => setTimeout(resolve, 20));
    }
    return ended;
  }

  async #send<T>(method: string, target: string, body?: unknown): Promise<T> {
    const response = await fetch(`${this.#url}${target}`, {
      method,
      headers: this.#headers,
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    if (response.ok) return (await response.json()) as T;
    const { error } = (await response.json()) as { error?: { code?: string; message?: string } };
    throw new Error(`${response.status} ${error?.code ?? error?.message}`);
  }
}
