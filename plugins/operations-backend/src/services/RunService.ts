import { ConflictError } from '@backstage/errors';
import { describeSafely } from '@leitstand/plugin-kit-node';
import type { Approval, Plan, Run } from '@leitstand/plugin-operations-common';
import { randomUUID } from 'node:crypto';
import { leaveOpen, type PlanStore, type StoredPlan } from '../database/PlanStore';
import type { RunReader } from '../database/RunReader';
import { rowOfNewRun, type NewRun, type RunStore } from '../database/RunStore';
import type { RunRow } from '../database/runRow';
import { CancelledByPerson } from '../execution/interruption';
import type { RunExecutor } from '../execution/RunExecutor';
import { defaultExpiryHours } from '../governance/ApprovalPolicy';
import type { FreezeService } from '../governance/FreezeService';
import type { LedgerStore } from '../ledger/LedgerStore';
import type { Caller } from './Caller';
import type { OperationAuthorizer } from './OperationAuthorizer';
import type { OperationRegistry } from './OperationRegistry';
import { resourceOfPlan, resourceOfRun } from './planResource';
import type { PlanService } from './PlanService';
import {
  breakGlassReasonRequired,
  planNotOpen,
  reasonRequired,
  runFinished,
  runNotFound,
  taskNotYours,
} from './runErrors';
import type { RunRights } from './RunRights';
import type { RunSubject, RunWithPlan } from './RunSubject';
import type { UndoService } from './UndoService';

/** What the service stands on. */
export interface RunServiceOptions {
  registry: OperationRegistry;
  authorizer: OperationAuthorizer;
  planService: PlanService;
  undoService: UndoService;
  freezes: FreezeService;
  rights: RunRights;
  plans: PlanStore;
  runs: RunStore;
  reader: RunReader;
  ledger: LedgerStore;
  executor: RunExecutor;
  /** Ids of operations that a tool may run without a person's confirmation. */
  agentsMayRun: readonly string[];
}

/** What somebody asks for. */
export interface RunOrder {
  planId: string;
  reason: string | undefined;
  idempotencyKey: string;
  breakGlass: boolean;
  /** The task whose step asks. */
  taskId?: string;
  caller: Caller;
}

/** Turns plans into runs, and stops runs. */
export class RunService {
  readonly #options: RunServiceOptions;

  constructor(options: RunServiceOptions) {
    this.#options = options;
  }

  /**
   * Records the run and lets it begin, unless it has to wait for a yes or for the end of a freeze. The same idempotency key
   * of the same caller is the same run.
   *
   * @throws NotFoundError with code `PLAN_NOT_FOUND` or `OPERATION_UNKNOWN`; ConflictError with code `PLAN_USED`,
   * `PLAN_EXPIRED`, `PLAN_STALE` or `RUN_NOT_UNDOABLE`; InputError with code `REASON_REQUIRED`, and without one where
   * somebody else than the scaffolder names a task; NotAllowedError with code
   * `OPERATION_NOT_ALLOWED` or `BREAK_GLASS_NOT_ALLOWED`; ServiceUnavailableError while the server shuts down
   */
  async create(order: RunOrder): Promise<Run> {
    const { registry, authorizer, planService, reader, executor } = this.#options;
    const { planId, caller } = order;
    if (order.taskId !== undefined && caller.face !== 'template') throw taskNotYours();
    const stored = await planService.get(planId, caller);
    const { plan } = stored;
    if (plan.state !== 'open') return this.#notOpen(order);
    if (plan.requirements.reason && order.reason === undefined) throw reasonRequired(plan);
    const operation = registry.get(plan.operation);
    await authorizer.authorize([operation.permission], resourceOfPlan(stored), caller);
    await authorizer.authorizeReading(operation, plan.entityRef, caller);
    await this.#checkBreakGlass(stored, order);
    executor.assertOpen();
    const run = await this.#newRun(plan, order);
    const row = rowOfNewRun(run);
    if (!(await this.#record(run, row))) return this.#notOpen(order);
    if (run.state === 'queued') executor.kick(run.id, stored);
    const [recorded] = await reader.complete([row]);
    return recorded;
  }

  /** @throws NotFoundError with code `RUN_NOT_FOUND` */
  async get(id: string): Promise<Run> {
    const run = await this.#options.reader.find(id);
    if (!run) throw runNotFound(id);
    return run;
  }

  /** A run with what rights on it need. @throws NotFoundError with code `RUN_NOT_FOUND` */
  async getSubject(id: string): Promise<RunSubject> {
    const run = await this.get(id);
    const rights = (await this.#options.plans.findRights([run.planId])).get(run.planId);
    if (!rights) throw runNotFound(id);
    return { run, resource: resourceOfRun(run, rights) };
  }

  /** The same with the whole plan. @throws NotFoundError with code `RUN_NOT_FOUND` */
  async getWithPlan(id: string): Promise<RunWithPlan> {
    const run = await this.get(id);
    const stored = await this.#options.plans.find(run.planId);
    if (!stored) throw runNotFound(id);
    return { run, stored, resource: resourceOfPlan(stored) };
  }

  /**
   * Asks a run to stop. One that waits for a yes is withdrawn at once.
   *
   * @throws NotFoundError with code `RUN_NOT_FOUND` or `OPERATION_UNKNOWN`; NotAllowedError with code
   * `OPERATION_NOT_ALLOWED`; ConflictError with code `RUN_FINISHED`
   */
  async cancel(id: string, caller: Caller): Promise<Run> {
    const { rights, executor } = this.#options;
    const { requester } = caller;
    const { run, resource } = await this.getSubject(id);
    await rights.assertMayCancel({ run, resource }, caller);
    const isWithdrawn = run.state === 'awaiting-approval' && (await this.#withdraw(run, requester));
    if (!isWithdrawn && !(await executor.cancel(id, requester))) throw runFinished(id);
    executor.announce(id);
    return this.get(id);
  }

  async #checkBreakGlass(stored: StoredPlan, order: RunOrder): Promise<void> {
    if (!order.breakGlass) return;
    await this.#options.rights.assertMayBreakGlass(resourceOfPlan(stored), order.caller);
    if (order.reason === undefined) throw breakGlassReasonRequired();
  }

  async #newRun(plan: Plan, order: RunOrder): Promise<NewRun> {
    const { reason, idempotencyKey, taskId, caller } = order;
    const now = new Date();
    const breakGlass =
      order.breakGlass && reason !== undefined ? { by: caller.requester, reason, at: now.toISOString() } : undefined;
    const approval = this.#approvalOf(plan, order, now);
    const asked = { face: caller.face, taskId, reason, idempotencyKey };
    const common = { id: randomUUID(), plan, ...asked, approval, breakGlass };
    if (breakGlass) return { ...common, state: 'queued' };
    if (approval) return { ...common, state: 'awaiting-approval', expiresAt: approval.expiresAt };
    const isFrozen = (await this.#options.freezes.activeFor(plan)).length > 0;
    return isFrozen ? { ...common, state: 'held', expiresAt: expiryOf(plan, now) } : { ...common, state: 'queued' };
  }

  /** An agent asks in a person's name, so a person says yes, unless the configuration trusts agents with the operation. */
  #approvalOf(plan: Plan, { caller, breakGlass }: RunOrder, now: Date): Approval | undefined {
    const expiresAt = expiryOf(plan, now);
    const decision = breakGlass
      ? ({ state: 'bypassed', decidedBy: caller.requester, decidedAt: now.toISOString() } as const)
      : ({ state: 'waiting' } as const);
    const { approval } = plan.requirements;
    if (approval) return { kind: 'approval', approvers: approval.approvers, expiresAt, ...decision };
    const isAgent = caller.face === 'tool' || caller.isClient;
    if (!isAgent || this.#options.agentsMayRun.includes(plan.operation)) return undefined;
    return { kind: 'confirmation', approvers: [caller.requester], expiresAt, ...decision };
  }

  /** The plan is used and the run is there, or neither; false when another request was faster. */
  async #record(run: NewRun, row: RunRow): Promise<boolean> {
    const { reader, ledger, undoService } = this.#options;
    const { id: runId, plan, breakGlass } = run;
    const { undoes } = plan;
    try {
      return await ledger.commit({
        first: leaveOpen(plan.id, 'used'),
        also: [{ table: 'runs', insert: { ...row } }],
        entries: [
          { runId, event: 'requested', document: requestOf(run) },
          ...(breakGlass ? [{ runId, event: 'break-glass' as const, document: breakGlass }] : []),
        ],
        ...(undoes !== undefined && { check: transaction => undoService.assertNotUndone(undoes, transaction) }),
      });
    } catch (error) {
      if (await reader.findByIdempotencyKey(plan.requester, run.idempotencyKey)) return false;
      throw error;
    }
  }

  async #withdraw(run: Run, requester: string): Promise<boolean> {
    const { runs, ledger } = this.#options;
    const error = describeSafely(new CancelledByPerson(requester));
    const approval: Approval | undefined = run.approval && { ...run.approval, state: 'withdrawn' };
    return runs.transaction(async transaction => {
      const move = { from: ['awaiting-approval'] as const, change: { state: 'cancelled' as const, approval, error } };
      if (!(await runs.moveFrom(run.id, move, transaction))) return false;
      await ledger.append(transaction, { runId: run.id, event: 'cancelled', document: { by: requester } });
      return true;
    });
  }

  /** Perhaps the same request was faster; then its run is the answer. */
  async #notOpen(order: RunOrder): Promise<Run> {
    const { reader, planService } = this.#options;
    const run = await reader.findByIdempotencyKey(order.caller.requester, order.idempotencyKey);
    if (run) return run;
    const { plan } = await planService.get(order.planId, order.caller);
    throw planNotOpen(plan) ?? new ConflictError('The plan changed while it was being run. Make a new one.');
  }
}

/** When a run that waits or is held from now on ends by itself. */
export function expiryOf({ requirements }: Pick<Plan, 'requirements'>, from: Date): string {
  const hours = requirements.approval?.expiresAfterHours ?? defaultExpiryHours;
  return new Date(from.getTime() + hours * 3_600_000).toISOString();
}

/** What the chain says of a request: all but the input, which could hold secrets. */
function requestOf({ plan, face, taskId, reason, state, approval }: NewRun): Record<string, unknown> {
  const { id: planId, operation, entityRef, target, environment, requester, summary, changes, undoes } = plan;
  const what = { planId, operation, entityRef, target, environment, summary, changes, undoes };
  return { ...what, requester, face, taskId, reason, state, approvers: approval?.approvers };
}
