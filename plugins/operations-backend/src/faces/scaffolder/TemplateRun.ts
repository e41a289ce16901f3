import type { ActionContext } from '@backstage/plugin-scaffolder-node';
import { ResponseError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import { errorCodeOf } from '@leitstand/plugin-kit-common';
import { runSchema, type OperationsClient, type Plan, type Run } from '@leitstand/plugin-operations-common';
import { createHash } from 'node:crypto';
import type { DoorAccess } from './DoorAccess';
import { followRun } from './followRun';

/** What a step gives to those after it. */
export interface TemplateRunOutput extends JsonObject {
  planId: string;
  runId: string;
  result: string;
  output: JsonObject;
}

/** What of a step's context is needed here. */
export type StepContext = Pick<
  ActionContext<JsonObject>,
  'checkpoint' | 'getInitiatorCredentials' | 'logger' | 'signal' | 'step' | 'task'
> & { input: unknown };

/** Codes of plans that cannot be run any more, but planned again. */
const lapsed: readonly (string | undefined)[] = ['PLAN_EXPIRED', 'PLAN_NOT_FOUND'];

/**
 * One step of a task that goes through the door.
 *
 * The task's checkpoints keep the plan, the run and how the run ended. A task that is taken up after a restart thus goes on
 * with the run that it had started. A task that somebody starts again after its run had failed plans afresh: that the end
 * of the run is found on record says so.
 */
export class TemplateRun {
  readonly #context: StepContext;
  readonly #door: DoorAccess;
  readonly #client: OperationsClient;

  constructor(context: StepContext, door: DoorAccess) {
    this.#context = context;
    this.#door = door;
    this.#client = door.as(() => context.getInitiatorCredentials());
  }

  /** Tells the log what would change. */
  async show(plan: () => Promise<Plan>): Promise<Plan> {
    const { logger } = this.#context;
    const made = await plan();
    logger.info(made.summary);
    made.changes.forEach(({ label, before, after }) =>
      logger.info(`${label}: ${before ?? 'none'} → ${after ?? 'none'}`),
    );
    made.warnings.forEach(({ message }) => logger.warn(message));
    const { approval } = made.requirements;
    if (approval) logger.info(`Needs the yes of ${approval.approvers.join(', ')}`);
    made.freezes.forEach(({ reason, endsAt }) => logger.warn(`A freeze is on until ${endsAt}: ${reason}`));
    return made;
  }

  /**
   * Plans, runs and follows to the end.
   *
   * @throws Error with what the door answers, or saying how the run ended otherwise
   */
  async complete(plan: () => Promise<Plan>, reason: string | undefined): Promise<TemplateRunOutput> {
    for (let attempt = 1; ; attempt++) {
      let isOfNow = false;
      const started = await this.#start(attempt, { plan, reason });
      const ended = await this.#remember(`end.${attempt}`, async () => {
        isOfNow = true;
        return this.#follow(started.runId);
      });
      const { state, result, output } = ended;
      if (state === 'succeeded') {
        return { ...started, result: result ?? '', output: (output ?? {}) as JsonObject };
      }
      if (isOfNow) {
        const why = await this.#door.sayNames(ended.error?.message ?? `The run is ${state}`);
        throw new Error(`${why}: ${this.#door.linkTo(ended.id)}`);
      }
    }
  }

  async #start(attempt: number, order: { plan: () => Promise<Plan>; reason: string | undefined }) {
    const { logger } = this.#context;
    const idempotencyKey = this.#idempotencyKeyOf(attempt);
    const taskId = this.#context.task.id;
    const runPlan = async (planId: string) => {
      const run = await this.#client.run({ planId, reason: order.reason, idempotencyKey, taskId });
      return { planId: run.planId, runId: run.id };
    };
    const planOnce = (key: string) => this.#checkpoint(key, async () => (await this.show(order.plan)).id);
    const planId = await planOnce(`plan.${attempt}`);
    const started = await this.#checkpoint(`run.${attempt}`, () =>
      runPlan(planId).catch(async (error: unknown) => {
        if (!lapsed.includes(errorCodeOf(error))) throw error;
        return runPlan((await this.show(order.plan)).id);
      }),
    );
    logger.info(`Run ${started.runId}: ${this.#door.linkTo(started.runId)}`);
    return started;
  }

  async #follow(runId: string): Promise<Run> {
    const { logger, signal = new AbortController().signal } = this.#context;
    const reader = this.#door.asReader();
    const link = this.#door.linkTo(runId);
    return followRun(await reader.getRun(runId), { reader, client: this.#client, logger, link, signal });
  }

  async #remember(key: string, fn: () => Promise<Run>): Promise<Run> {
    return runSchema.parse(
      await this.#checkpoint(key, async () => JSON.parse(JSON.stringify(await fn())) as JsonObject),
    );
  }

  /** A step with `each` has one run for each, told apart by what they ask for: nothing else of an iteration is known here. */
  #checkpoint<T extends string | JsonObject>(key: string, fn: () => Promise<T>): Promise<T> {
    return this.#context.checkpoint({ key: `${key}.${digestOf(this.#context.input)}`, fn });
  }

  #idempotencyKeyOf(attempt: number): string {
    const { task, step, input } = this.#context;
    return `template-${digestOf([task.id, step?.id, input, attempt])}`;
  }
}

function digestOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}

/** The door's own words, for the log of the task, instead of the status of a response. */
export function toStepError(error: unknown): unknown {
  if (!(error instanceof ResponseError)) return error;
  const code = errorCodeOf(error);
  return new Error(`${error.cause.message}${code === undefined ? '' : ` (${code})`}`, { cause: error });
}
