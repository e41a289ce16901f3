import { InputError, NotFoundError } from '@backstage/errors';
import { withCode } from '@leitstand/plugin-kit-common';
import { describeProblems } from '@leitstand/plugin-kit-node';
import {
  operationsBreakGlassPermission,
  type OperationErrorCode,
  type OperationTarget,
  type Plan,
} from '@leitstand/plugin-operations-common';
import type { Operation } from '@leitstand/plugin-operations-node';
import { randomUUID } from 'node:crypto';
import { z } from 'zod/v3';
import type { PlanStore, StoredPlan } from '../database/PlanStore';
import { targetKeyOf } from '../database/runRow';
import type { EnvironmentPolicy } from '../EnvironmentPolicy';
import type { ApprovalPolicy, ApprovalQuestion } from '../governance/ApprovalPolicy';
import type { FreezeService } from '../governance/FreezeService';
import type { Caller } from './Caller';
import { notAllowed, type OperationAuthorizer } from './OperationAuthorizer';
import type { OperationRegistry } from './OperationRegistry';
import { resourceOfTarget } from './planResource';
import { runNotUndoable } from './runErrors';
import { otherNamesOf, type TargetService } from './TargetService';

/** How long a plan can be run, in milliseconds. */
const planLifetimeMs = 10 * 60_000;

/** What the service stands on. */
export interface PlanServiceOptions {
  registry: OperationRegistry;
  authorizer: OperationAuthorizer;
  targets: TargetService;
  environments: EnvironmentPolicy;
  approvals: ApprovalPolicy;
  freezes: FreezeService;
  plans: PlanStore;
}

/** What somebody asks for. */
export interface PlanOrder {
  operation: string;
  entityRef: string;
  input: Record<string, unknown>;
  caller: Caller;
  /** The run that the plan takes back. */
  undoes?: string;
  /** What that run changed: the entity may stand for something else by now. */
  undoneTarget?: OperationTarget;
  signal: AbortSignal;
}

/** Makes plans: validates, authorises, asks the operation what it would change, and keeps the answer. */
export class PlanService {
  readonly #options: PlanServiceOptions;

  constructor(options: PlanServiceOptions) {
    this.#options = options;
  }

  /**
   * Changes nothing upstream.
   *
   * @throws NotFoundError with code `OPERATION_UNKNOWN` or none; InputError naming the field or with code
   * `OPERATION_NOT_APPLICABLE`; ConflictError with code `RUN_NOT_UNDOABLE`; NotAllowedError with code `OPERATION_NOT_ALLOWED` or `OWNERSHIP_NOT_CONFIRMED`; and what
   * the operation's `resolve` and `plan` throw
   */
  async create(order: PlanOrder): Promise<Plan> {
    const { registry, authorizer, targets, plans, freezes } = this.#options;
    const { caller, signal } = order;
    const { requester } = caller;
    const operation = registry.get(order.operation);
    // A rule of approval for what is done to an entity must not be passed by through the place.
    if (operation.subject === 'place' && order.undoes === undefined) throw onlyAsUndo(operation);
    const input = parseInput(operation, order.input);
    const permissions = [operation.permission, operationsBreakGlassPermission];
    const [subject, [decision, breakGlass]] = await Promise.all([
      targets.getSubject(operation, order.entityRef, caller),
      authorizer.decide(permissions, caller),
    ]);
    const { entityRef } = subject;
    if (decision.isDenied) throw notAllowed(entityRef);
    await authorizer.authorizeReading(operation, entityRef, caller);
    const confirmed = await targets.confirm(operation, subject, { input, signal });
    const resource = resourceOfTarget(confirmed, { operation: operation.id, entityRef, input, requester });
    if (!decision.allows(resource)) throw notAllowed(entityRef, confirmed.confirmedOwners);
    const { resolved } = confirmed;
    if (order.undoneTarget && targetKeyOf(order.undoneTarget) !== targetKeyOf(resolved.target)) {
      throw runNotUndoable(`${entityRef} stands for something else by now.`);
    }
    const isAdministrator = decision.allows({ ...resource, confirmedOwners: [] });
    const context = { ...subject, resolved, input, requester, isAdministrator, signal };
    const { basis, ...draft } = await operation.plan(context);
    const { target, environment, confirmedOwners } = resource;
    const alsoKnownAs = otherNamesOf(resolved, entityRef);
    const now = Date.now();
    const plan: Plan = {
      documents: [],
      warnings: [],
      ...draft,
      id: randomUUID(),
      operation: operation.id,
      title: operation.title,
      entityRef,
      ...(alsoKnownAs.length > 0 && { alsoKnownAs }),
      target,
      environment,
      input,
      requirements: this.#requirementsOf({ operation: operation.id, target, environment }),
      freezes: await freezes.activeFor({ target, entityRef, alsoKnownAs, environment }),
      mayBreakGlass: caller.face === 'portal' && breakGlass.allows(resource),
      undoes: order.undoes,
      state: 'open',
      requester,
      createdAt: new Date(now).toISOString(),
      expiresAt: new Date(now + planLifetimeMs).toISOString(),
    };
    await plans.insert({ plan, confirmedOwners, basis: operation.basis.parse(basis) as unknown });
    return plan;
  }

  /**
   * A plan of this caller.
   *
   * @throws NotFoundError with code `PLAN_NOT_FOUND`, also when it is another's
   */
  async get(id: string, { requester }: Pick<Caller, 'requester'>): Promise<StoredPlan> {
    const stored = await this.#options.plans.find(id);
    if (stored?.plan.requester !== requester || !stored) {
      throw withCode(
        new NotFoundError(`You have no plan ${id}. Make a new one.`),
        'PLAN_NOT_FOUND' satisfies OperationErrorCode,
      );
    }
    return stored;
  }

  #requirementsOf(question: ApprovalQuestion): Plan['requirements'] {
    const { environments, approvals } = this.#options;
    const approval = approvals.requirementOf(question);
    return { ...environments.requirementsOf(question.environment), ...(approval && { approval }) };
  }
}

function parseInput(operation: Operation, input: Record<string, unknown>): Record<string, unknown> {
  const parsed = operation.input.safeParse(input);
  if (parsed.success) return z.record(z.unknown()).parse(parsed.data);
  throw new InputError(`The input does not fit ${operation.id}: ${describeProblems(parsed.error, 'input')}`);
}

function onlyAsUndo({ id, title }: Operation): Error {
  return withCode(
    new InputError(`${title} (${id}) only takes a run back; undo that run.`),
    'OPERATION_NOT_APPLICABLE' satisfies OperationErrorCode,
  );
}
