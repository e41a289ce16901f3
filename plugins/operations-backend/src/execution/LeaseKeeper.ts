import type { LoggerService } from '@backstage/backend-plugin-api';
import { Heartbeat, safeError } from '@leitstand/plugin-kit-node';
import type { RunLease } from '../database/RunLease';
import type { RunQueue } from '../database/RunQueue';

/** What the keeper stands on. Times are milliseconds. */
export interface LeaseKeeperOptions {
  queue: RunQueue;
  logger: LoggerService;
  /** How long a run stays with a process that gives no sign of life. */
  leaseMs: number;
  /** Between two signs of life. */
  heartbeatMs: number;
}

/** Keeps the leases of all runs that this process carries out, by one sign of life for all, from the first to the last. */
export class LeaseKeeper {
  readonly #options: LeaseKeeperOptions;
  readonly #leases = new Map<string, RunLease>();
  #heartbeat: Heartbeat | undefined;

  constructor(options: LeaseKeeperOptions) {
    this.#options = options;
  }

  /** Undefined while no run is under way. */
  get heartbeat(): Heartbeat | undefined {
    return this.#heartbeat;
  }

  /** @param takenAt - by `performance.now()`, before the lease was asked for */
  keep(lease: RunLease, takenAt: number): void {
    this.#leases.set(lease.id, lease);
    this.#heartbeat ??= this.#start(takenAt);
  }

  forget(id: string): void {
    this.#leases.delete(id);
    if (this.#leases.size === 0) this.#stop();
  }

  /** Gives no more signs of life: others may have the runs. */
  close(): void {
    this.#stop();
    this.#loseAll();
  }

  #start(takenAt: number): Heartbeat {
    const { leaseMs, heartbeatMs, logger } = this.#options;
    return new Heartbeat({
      lifeMs: leaseMs,
      heartbeatMs,
      takenAt,
      beat: () => this.#renew(),
      onLost: () => {
        this.#heartbeat = undefined;
        this.#loseAll();
      },
      onError: error => logger.error('The leases of runs cannot be renewed', safeError(error)),
    });
  }

  /** One statement for all. */
  async #renew(): Promise<boolean> {
    const asked = [...this.#leases.values()];
    const held = await this.#options.queue.renew(asked.map(({ id }) => id));
    asked.filter(({ id, fence }) => held.get(id) !== fence).forEach(lease => lease.lose());
    return true;
  }

  #stop(): void {
    this.#heartbeat?.stop();
    this.#heartbeat = undefined;
  }

  #loseAll(): void {
    this.#leases.forEach(lease => lease.lose());
  }
}
