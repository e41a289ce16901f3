import type { AuditorService, LoggerService } from '@backstage/backend-plugin-api';
import { ServiceUnavailableError } from '@backstage/errors';
import { nameOfProcess, safeError, type AreaFinding } from '@leitstand/plugin-kit-node';
import type { SecretReference } from '@leitstand/plugin-operations-node';
import type { Knex } from 'knex';
import { setTimeout } from 'node:timers/promises';
import { auditRunEnd } from '../audit';
import type { PlanStore, StoredPlan } from '../database/PlanStore';
import { placeOf } from '../database/RunReader';
import { LeaseLost } from '../database/RunLease';
import { RunQueue, type ClaimedRun } from '../database/RunQueue';
import type { RunRow } from '../database/runRow';
import type { RunStore } from '../database/RunStore';
import type { StepStore } from '../database/StepStore';
import type { FreezeService } from '../governance/FreezeService';
import type { LedgerStore } from '../ledger/LedgerStore';
import type { RunTopics } from '../live/RunTopics';
import type { OperationRegistry } from '../services/OperationRegistry';
import { findingOfExecution } from './findingOfExecution';
import { giveUp } from './giveUp';
import { HandedOver } from './interruption';
import { LeaseKeeper } from './LeaseKeeper';
import { PollLoop } from './PollLoop';
import { RunExecution, type RunEnd } from './RunExecution';
import { defaultTiming, type RunExecutorTiming } from './RunExecutorTiming';
import { RunStopper } from './RunStopper';

/** What the executor stands on. */
export interface RunExecutorOptions {
  database: Knex;
  registry: OperationRegistry;
  plans: PlanStore;
  runs: RunStore;
  steps: StepStore;
  ledger: LedgerStore;
  freezes: Pick<FreezeService, 'activeFor'>;
  topics: RunTopics;
  auditor: AuditorService;
  logger: LoggerService;
  /** Names this process; different in each. Default: a name of its own. */
  processName?: string;
  /** @throws InputError with code `SECRET_UNKNOWN` */
  secret(reference: SecretReference): string;
  /** How long after its interruption a run may start steps anew, in milliseconds. */
  resumeWithinMs: number;
  /** How many runs one process carries out at the same time. Default: 20. */
  concurrency?: number;
  /** For tests, which cannot wait. */
  timing?: RunExecutorTiming;
}

interface TakeOptions {
  /** Of a run that a freeze held. */
  isUnfrozen?: boolean;
  /** Its plan, where it is at hand. */
  stored?: StoredPlan;
}

interface ActiveRun {
  /** Undefined until what it needs has been read. */
  execution?: RunExecution;
  ended: Promise<void>;
}

/** How often in a row a run may be begun without coming any further. */
const maxInterruptionCount = 9;

/** How soon after a run has ended those are looked for that waited for its place or its target, in milliseconds. */
const nextRoundMs = 25;

/** Carries out runs in the background; the one owner of all that are under way in this process. */
export class RunExecutor {
  readonly #options: RunExecutorOptions;
  readonly #timing: Required<RunExecutorTiming>;
  readonly #queue: RunQueue;
  readonly #leases: LeaseKeeper;
  readonly #stopper: RunStopper;
  /** Takes up runs. */
  readonly #loop: PollLoop;
  /** Looks after runs that are cancelled, held or overdue. */
  readonly #watch: PollLoop;
  readonly #active = new Map<string, ActiveRun>();
  readonly #claiming = new Map<string, Promise<void>>();
  /** More runs are ready than this process has room for. */
  #isFull = false;
  #isClosed = false;

  constructor(options: RunExecutorOptions) {
    const { database, ledger, logger, auditor, processName = nameOfProcess() } = options;
    this.#options = options;
    this.#timing = { ...defaultTiming, ...options.timing };
    const { leaseMs, heartbeatMs, pollMs } = this.#timing;
    this.#queue = new RunQueue({ database, ledger, owner: processName, leaseMs });
    this.#leases = new LeaseKeeper({ queue: this.#queue, logger, leaseMs, heartbeatMs });
    this.#stopper = new RunStopper({
      ...options,
      queue: this.#queue,
      goOn: id => this.#take(id, { isUnfrozen: true }),
      onEnd: (row, state) => auditRunEnd(auditor, row, { state }),
      announce: id => this.announce(id),
    });
    this.#loop = new PollLoop({
      act: () => this.#takeOldest(),
      onError: error => logger.error('The queue of runs cannot be read', safeError(error)),
      everyMs: pollMs,
    });
    this.#watch = new PollLoop({
      act: () => this.#lookAfter(),
      onError: error => logger.error('Runs that are to stop cannot be read', safeError(error)),
      everyMs: pollMs,
    });
  }

  /** Whether this process takes runs up and keeps them. */
  get health(): AreaFinding {
    const [isClosed, loop, { heartbeat }] = [this.#isClosed, this.#loop, this.#leases];
    return findingOfExecution({ isClosed, loop, heartbeat, timing: this.#timing });
  }

  /** Begins to take up runs, also those that other processes left behind. @throws the database's error */
  async start(): Promise<void> {
    await this.#queue.adoptAll();
    this.#loop.start();
    this.#watch.start();
  }

  /** @throws ServiceUnavailableError when the process is ending */
  assertOpen(): void {
    if (this.#isClosed) throw new ServiceUnavailableError('The portal is shutting down. Try again soon.');
  }

  /**
   * Tries to take a run up at once; if that does not work, or others have waited for longer, it is taken up in its turn.
   *
   * @param stored - the run's plan, where it is at hand
   */
  kick(runId: string, stored?: StoredPlan): void {
    if (!this.#isFull) void this.#take(runId, { stored });
  }

  /**
   * Asks a run to stop, wherever it is carried out; one that has not begun ends at once.
   *
   * @returns false when it has ended already
   */
  async cancel(runId: string, cancelledBy: string): Promise<boolean> {
    const ended = await this.#stopper.cancel(runId, cancelledBy);
    if (ended === 'stopping') {
      this.#active.get(runId)?.execution?.cancel(cancelledBy);
      this.kick(runId);
    }
    this.announce(runId);
    return ended !== undefined;
  }

  /** Tells the readers of a run that it has changed. */
  announce(runId: string): void {
    this.#options.topics.announce(runId).catch(error => {
      this.#options.logger.error(`The readers of the run ${runId} were not told of a change`, safeError(error));
    });
  }

  /** Hands all runs over to other processes; those that do not stop in time go over when their lease runs out. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all([this.#loop.stop(), this.#watch.stop()]);
    await Promise.all(this.#claiming.values());
    const left = [...this.#active.values()];
    left.forEach(({ execution }) => execution?.handOver());
    const timer = new AbortController();
    const grace = setTimeout(this.#timing.graceMs, undefined, { signal: timer.signal }).catch(() => {});
    await Promise.race([Promise.all(left.map(({ ended }) => ended)), grace]);
    timer.abort();
    this.#leases.close();
  }

  async #takeOldest(): Promise<void> {
    const count = this.#freeCount;
    if (count <= 0) return;
    const ids = await this.#queue.listReady(count);
    this.#isFull = ids.length === count;
    await Promise.all(ids.map(id => this.#take(id)));
    if (this.#isFull && this.#freeCount > 0) this.#loop.wakeIn(nextRoundMs);
  }

  async #lookAfter(): Promise<void> {
    const ids = [...this.#active.keys()];
    if (ids.length > 0) {
      const cancelled = await this.#queue.listCancelled(ids);
      cancelled.forEach(({ id, cancelledBy }) => this.#active.get(id)?.execution?.cancel(cancelledBy));
    }
    await this.#stopper.look();
  }

  get #freeCount(): number {
    return (this.#options.concurrency ?? 20) - this.#active.size - this.#claiming.size;
  }

  /** Never rejects: there is nobody to tell but the log. */
  async #take(id: string, options: TakeOptions = {}): Promise<void> {
    this.#isFull ||= this.#freeCount <= 0;
    if (this.#isClosed || this.#freeCount <= 0 || this.#active.has(id) || this.#claiming.has(id)) return;
    const claiming = this.#claim(id, options).finally(() => this.#claiming.delete(id));
    this.#claiming.set(id, claiming);
    await claiming;
  }

  async #claim(id: string, options: TakeOptions): Promise<void> {
    const takenAt = performance.now();
    try {
      const claimed = await this.#queue.claim(id, options);
      if (!claimed) return;
      const active: ActiveRun = { ended: Promise.resolve() };
      this.#active.set(id, active);
      this.#leases.keep(claimed.lease, takenAt);
      active.ended = this.#carryOut(claimed, active, options.stored).finally(() => this.#forget(id));
    } catch (error) {
      this.#options.logger.error(`The run ${id} could not be taken up`, safeError(error));
    }
  }

  #forget(id: string): void {
    this.#active.delete(id);
    this.#leases.forget(id);
    this.#loop.wakeIn(nextRoundMs);
  }

  /** Never rejects. */
  async #carryOut(claimed: ClaimedRun, active: ActiveRun, stored?: StoredPlan): Promise<void> {
    const { row, lease } = claimed;
    const { logger } = this.#options;
    let end: RunEnd = { kind: 'left', error: undefined };
    try {
      end = await this.#execute(claimed, active, stored);
      if (end.kind === 'finished') await this.#record(row, end);
      if (end.kind === 'asleep') this.#loop.wakeIn(end.wakeInMs);
    } catch (error) {
      logger.error(`The run ${row.id} could not be recorded`, safeError(error));
    }
    if (end.kind !== 'left') return;
    if (end.error instanceof LeaseLost) logger.warn(end.error.message);
    const pauseMs = end.error instanceof HandedOver ? 0 : this.#pauseAfter(row);
    await lease
      .handOver(pauseMs)
      .catch(error => logger.error(`The run ${row.id} was not handed over`, safeError(error)));
  }

  /** What stands in a run's way may pass; how long that is given grows with each time. */
  #pauseAfter({ interruptions }: RunRow): number {
    return this.#timing.pollMs * 2 ** Math.min(interruptions, 5);
  }

  async #execute(claimed: ClaimedRun, active: ActiveRun, kicked: StoredPlan | undefined): Promise<RunEnd> {
    const { registry, plans, steps, freezes, logger, secret, resumeWithinMs } = this.#options;
    const { row, lease, isResumed, interruptedForMs } = claimed;
    const onChange = () => this.announce(row.id);
    onChange();
    if (row.interruptions > maxInterruptionCount) {
      return giveUp(lease, `The run was begun ${row.interruptions} times in a row, and never came any further.`);
    }
    if (interruptedForMs > 0) logger.info(`Taking up the run ${row.id}, which was interrupted`);
    const stored = kicked ?? (await plans.find(row.plan_id));
    const operation = registry.list().find(({ id }) => id === row.operation);
    if (!stored || !operation) return giveUp(lease, 'The operation of the run is not installed any more.');
    const place = placeOf(row);
    const findFreezes = async () => (row.break_glass === null ? freezes.activeFor(place) : []);
    active.execution = new RunExecution({
      ...{ claimed, stored, operation, onChange, secret },
      recorded: isResumed ? await steps.findAll(row.id) : new Map(),
      mayStart: interruptedForMs <= resumeWithinMs,
      // Who cannot read the freezes cannot go on, and that is no failure of the run.
      findFreezes: () => findFreezes().catch(error => lease.giveUp(error)),
    });
    if (this.#isClosed) active.execution.handOver();
    return active.execution.execute();
  }

  async #record(row: RunRow, end: RunEnd & { kind: 'finished' }): Promise<void> {
    const { outcome, error } = end;
    const { plans, logger, auditor } = this.#options;
    if (outcome.error?.code === 'PLAN_STALE') await plans.markStale(row.plan_id);
    if (error !== undefined && safeError(error) !== error) {
      logger.error(`The run ${row.id} failed unexpectedly`, safeError(error));
    }
    await auditRunEnd(auditor, row, outcome);
    this.announce(row.id);
  }
}
