import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import { withCode } from '@leitstand/plugin-kit-common';
import { operationsCancelPermission, type OperationErrorCode, type Run } from '@leitstand/plugin-operations-common';
import { randomUUID } from 'node:crypto';
import type { PlanStore, StoredPlan } from '../database/PlanStore';
import type { RunStore } from '../database/RunStore';
import type { RunExecutor } from '../execution/RunExecutor';
import type { OperationAuthorizer } from './OperationAuthorizer';
import type { OperationRegistry } from './OperationRegistry';
import { resourceOfPlan } from './planResource';
import type { PlanService } from './PlanService';
import type { UserCredentials } from './TargetService';

/** What the service stands on. */
export interface RunServiceOptions {
  registry: OperationRegistry;
  authorizer: OperationAuthorizer;
  planService: PlanService;
  plans: PlanStore;
  runs: RunStore;
  executor: RunExecutor;
}

/** What a person asks for. */
export interface RunOrder {
  planId: string;
  reason: string | undefined;
  idempotencyKey: string;
  credentials: UserCredentials;
}

/** Turns plans into runs, and stops runs. */
export class RunService {
  readonly #options: RunServiceOptions;

  constructor(options: RunServiceOptions) {
    this.#options = options;
  }

  /**
   * Records the run and lets it begin. The same idempotency key of the same person is the same run.
   *
   * @throws NotFoundError with code `PLAN_NOT_FOUND` or `OPERATION_UNKNOWN`; ConflictError with code `PLAN_USED`,
   * `PLAN_EXPIRED` or `PLAN_STALE`; InputError with code `REASON_REQUIRED`; NotAllowedError with code
   * `OPERATION_NOT_ALLOWED`; ServiceUnavailableError while the server shuts down
   */
  async create(order: RunOrder): Promise<Run> {
    const { registry, authorizer, planService, runs, executor } = this.#options;
    const { planId, reason, credentials, idempotencyKey } = order;
    const requester = credentials.principal.userEntityRef;
    const earlier = await runs.findByIdempotencyKey(requester, idempotencyKey);
    if (earlier) return earlier;
    const stored = await planService.get(planId, credentials);
    if (stored.plan.state !== 'open') return this.#notOpen(order);
    if (stored.plan.requirements.reason && reason === undefined) throw reasonRequired(stored);
    const operation = registry.get(stored.plan.operation);
    await authorizer.authorize(operation.permission, resourceOfPlan(stored), credentials);
    executor.assertOpen();
    const run = await this.#record(stored, { id: randomUUID(), reason, idempotencyKey });
    if (!run) return this.#notOpen(order);
    executor.start(run, stored);
    return run;
  }

  /** @throws NotFoundError with code `RUN_NOT_FOUND` */
  async get(id: string): Promise<Run> {
    const run = await this.#options.runs.find(id);
    if (!run) throw runNotFound(id);
    return run;
  }

  /**
   * Asks a run to stop.
   *
   * @throws NotFoundError with code `RUN_NOT_FOUND` or `OPERATION_UNKNOWN`; NotAllowedError with code
   * `OPERATION_NOT_ALLOWED`; ConflictError with code `RUN_FINISHED`
   */
  async cancel(id: string, credentials: UserCredentials): Promise<Run> {
    const { plans, runs, registry, authorizer, executor } = this.#options;
    const run = await this.get(id);
    const stored = await plans.find(run.planId);
    if (!stored) throw runNotFound(id);
    const resource = resourceOfPlan(stored);
    await authorizer.authorize(operationsCancelPermission, resource, credentials);
    await authorizer.authorize(registry.get(run.operation).permission, resource, credentials);
    const cancelledBy = credentials.principal.userEntityRef;
    if (!(await runs.recordCancel(id, cancelledBy))) {
      throw withCode(new ConflictError(`The run ${id} has ended already`), 'RUN_FINISHED' satisfies OperationErrorCode);
    }
    executor.cancel(id, cancelledBy);
    return this.get(id);
  }

  /** The plan is used and the run is there, or neither; undefined when another request was faster. */
  async #record(
    { plan }: StoredPlan,
    run: { id: string; reason: string | undefined; idempotencyKey: string },
  ): Promise<Run | undefined> {
    const { plans, runs } = this.#options;
    try {
      return await runs.transaction(async transaction => {
        const isOurs = await plans.leaveOpen(plan.id, 'used', transaction);
        return isOurs ? await runs.insert({ ...run, plan }, transaction) : undefined;
      });
    } catch (error) {
      if (await runs.findByIdempotencyKey(plan.requester, run.idempotencyKey)) return undefined;
      throw error;
    }
  }

  /** Perhaps the same request was faster; then its run is the answer. */
  async #notOpen(order: RunOrder): Promise<Run> {
    const requester = order.credentials.principal.userEntityRef;
    const run = await this.#options.runs.findByIdempotencyKey(requester, order.idempotencyKey);
    if (run) return run;
    const stored = await this.#options.planService.get(order.planId, order.credentials);
    assertOpen(stored);
    throw new ConflictError('The plan changed while it was being run. Make a new one.');
  }
}

function runNotFound(id: string): Error {
  return withCode(new NotFoundError(`There is no run ${id}`), 'RUN_NOT_FOUND' satisfies OperationErrorCode);
}

function reasonRequired({ plan }: StoredPlan): Error {
  return withCode(
    new InputError(`body.reason: the environment ${plan.environment} asks for a reason`),
    'REASON_REQUIRED' satisfies OperationErrorCode,
  );
}

function assertOpen({ plan }: StoredPlan): void {
  switch (plan.state) {
    case 'open':
      return;
    case 'used':
      throw conflict('The plan has been run already. Make a new one.', 'PLAN_USED');
    case 'expired':
      throw conflict('The plan has expired. Make a new one.', 'PLAN_EXPIRED');
    case 'stale':
      throw conflict('The target is no longer as planned. Make a new plan.', 'PLAN_STALE');
    default:
      plan.state satisfies never;
  }
}

function conflict(message: string, code: OperationErrorCode): Error {
  return withCode(new ConflictError(message), code);
}
