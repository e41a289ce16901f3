import type { AuditorService, LoggerService } from '@backstage/backend-plugin-api';
import { ServiceUnavailableError } from '@backstage/errors';
import { describeSafely, safeError } from '@leitstand/plugin-kit-node';
import type { Run } from '@leitstand/plugin-operations-common';
import { setTimeout } from 'node:timers/promises';
import type { PlanStore, StoredPlan } from '../database/PlanStore';
import type { RunStore } from '../database/RunStore';
import type { RecordedStep, StepStore } from '../database/StepStore';
import type { RunTopics } from '../live/RunTopics';
import type { OperationRegistry } from '../services/OperationRegistry';
import { CancelledByPerson, interrupted } from './interruption';
import { isStale, RunExecution } from './RunExecution';

/** How long runs may take to stop when the process ends, in milliseconds. */
const graceMs = 2_000;

/** What the executor stands on. */
export interface RunExecutorOptions {
  registry: OperationRegistry;
  plans: PlanStore;
  runs: RunStore;
  steps: StepStore;
  topics: RunTopics;
  auditor: AuditorService;
  logger: LoggerService;
}

interface ActiveRun {
  execution: RunExecution;
  ended: Promise<void>;
}

/** Carries out runs in the background; the one owner of all that are under way in this process. */
export class RunExecutor {
  readonly #options: RunExecutorOptions;
  readonly #active = new Map<string, ActiveRun>();
  #isClosed = false;

  constructor(options: RunExecutorOptions) {
    this.#options = options;
  }

  /** @throws ServiceUnavailableError when the process is ending */
  assertOpen(): void {
    if (this.#isClosed) throw new ServiceUnavailableError('The portal is shutting down. Try again soon.');
  }

  /** Begins, unless the run is under way already; the ledger and the live topic tell the rest. */
  start(run: Run, stored: StoredPlan, recorded: ReadonlyMap<string, RecordedStep> = new Map()): void {
    if (this.#active.has(run.id)) return; // one that came in while runs were being taken up
    const { registry, runs, steps } = this.#options;
    const operation = registry.get(run.operation);
    const onChange = () => this.#announce(run.id);
    const execution = new RunExecution({ run, stored, operation, recorded, runs, steps, onChange });
    const ended = this.#carryOut(run, execution).finally(() => this.#active.delete(run.id));
    this.#active.set(run.id, { execution, ended });
    if (this.#isClosed) execution.abort(processEnded());
  }

  /** Asks a run to stop, where it is under way in this process. */
  cancel(runId: string, cancelledBy: string): void {
    this.#active.get(runId)?.execution.abort(new CancelledByPerson(cancelledBy));
  }

  /**
   * Takes up the runs that a process left behind when it died. Their finished steps are not repeated; a started one is
   * looked up upstream. A run whose operation is not installed any more is left to people.
   */
  async recover(): Promise<void> {
    const { registry, runs, plans, steps, logger } = this.#options;
    for (const run of await runs.listUnfinished()) {
      const stored = await plans.find(run.planId);
      if (stored && registry.list().some(({ id }) => id === run.operation)) {
        logger.info(`Taking up the run ${run.id}, which was interrupted`);
        this.start(run, stored, await steps.findAll(run.id));
      } else {
        const error = interrupted('The portal ended during the run, and its operation is not installed any more.');
        await runs.finish(run.id, { state: 'needs-attention', error: describeSafely(error) });
      }
    }
  }

  /** Stops all runs and records those that do not stop in time as interrupted too. */
  async close(): Promise<void> {
    this.#isClosed = true;
    const left = [...this.#active];
    left.forEach(([, { execution }]) => execution.abort(processEnded()));
    const timer = new AbortController();
    const grace = setTimeout(graceMs, undefined, { signal: timer.signal }).catch(() => {});
    await Promise.race([Promise.all(left.map(([, { ended }]) => ended)), grace]);
    timer.abort();
    for (const id of this.#active.keys()) {
      await this.#options.runs.finish(id, { state: 'needs-attention', error: describeSafely(processEnded()) });
    }
  }

  /** Never rejects: there is nobody to tell but the log. */
  async #carryOut(run: Run, execution: RunExecution): Promise<void> {
    const { auditor, logger, plans } = this.#options;
    const { id: runId, operation, entityRef, requester } = run;
    try {
      const { outcome, error } = await execution.execute();
      if (isStale(error)) await plans.markStale(run.planId);
      const safe = error === undefined ? undefined : safeError(error);
      if (safe !== error) logger.error(`The run ${runId} failed unexpectedly`, safe);
      const event = await auditor.createEvent({
        eventId: 'run-finish',
        severityLevel: 'medium',
        meta: { runId, operation, entityRef, requester, state: outcome.state },
      });
      await (safe ? event.fail({ error: safe }) : event.success());
    } catch (error) {
      logger.error(`The run ${runId} could not be recorded`, safeError(error));
    }
  }

  #announce(runId: string): void {
    this.#options.topics.announce(runId).catch(error => {
      this.#options.logger.error(`The readers of the run ${runId} were not told of a change`, safeError(error));
    });
  }
}

function processEnded(): Error {
  return interrupted('The portal was shut down during the run.');
}
