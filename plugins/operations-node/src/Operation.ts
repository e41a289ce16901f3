import type { Entity } from '@backstage/catalog-model';
import type { BasicPermission, ResourcePermission } from '@backstage/plugin-permission-common';
import type {
  Change,
  DocumentDiff,
  OperationTarget,
  PlanWarning,
  RESOURCE_TYPE_OPERATION_PLAN,
} from '@leitstand/plugin-operations-common';
import type { z } from 'zod/v3';
import type { SecretReference } from './secretReference';

/** JSON, as it is stored between plan, run and steps. */
export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue };

/** What one upstream read says about the object behind an entity. */
export interface ResolvedTarget {
  target: OperationTarget;
  /** The object's `leitstand.io/entity-ref`: which entity it says it is. Only people with upstream rights can write it. */
  claimedEntityRef?: string;
  /**
   * The object's `leitstand.io/owner`: to whom it gives rights besides those that its place is given to. Whoever may
   * register an entity could take the name that an object gives back, so the name alone gives nobody rights.
   */
  claimedOwner?: string;
  /** The entity as which the catalogue provider discovers this object. */
  discoveredEntityRef?: string;
}

/** What an operation knows when it looks for the object. */
export interface ResolveContext<TInput> {
  entity: Entity | undefined;
  entityRef: string;
  /** Undefined while buttons ask what is available. */
  input: TInput | undefined;
  signal: AbortSignal;
}

/** What an operation knows while it makes a plan. */
export interface PlanContext<TInput> {
  /** Undefined for an operation that creates it, as long as it is not there. */
  entity: Entity | undefined;
  /** The entity, or that which will be. */
  entityRef: string;
  resolved: ResolvedTarget;
  input: TInput;
  /** Entity reference of the person who asks. */
  requester: string;
  /** Whether the policy lets the requester do this whoever the owners are, also where there are none. */
  isAdministrator: boolean;
  signal: AbortSignal;
}

/** What an operation would do; the door adds id, requirements and expiry. */
export interface PlanDraft<TBasis> {
  summary: string;
  changes: Change[];
  documents?: DocumentDiff[];
  warnings?: PlanWarning[];
  undo: { isPossible: boolean; note: string };
  /** What the plan depends on (uid, generation, hash…). `apply` refuses as stale when it no longer holds. */
  basis: TBasis;
}

/** What `confirm` found upstream for a step of which only the start is on record. */
export type StepConfirmation = 'done' | 'not-done' | 'unknown';

/** What a step may use. */
export interface StepContext {
  signal: AbortSignal;
  /** Tells the readers of the run how far it is; the newest message only is kept. */
  progress(message: string): void;
}

/** One step of a run: *started* is on record before `do`, *done* with its output after. */
export interface OperationStep<TOutput extends JsonValue | void> {
  title: string;
  do(context: StepContext): Promise<TOutput>;
  /**
   * Looks upstream whether the step took effect; asked when a run is found with this step started. A step whose output
   * later steps need answers with that output; after a plain `done` its output is undefined. It goes by the signal that it
   * is given: that of `apply` is aborted already when a cancelled run finds out what became of its step.
   */
  confirm(context: { signal: AbortSignal }): Promise<StepConfirmation | { output: TOutput }>;
  /**
   * Takes the step back when a later one fails or the run is cancelled; the door runs the compensations of all steps that
   * are done, the last first, as steps of the same run. Left out where there is nothing to take back.
   */
  compensate?: Compensation<TOutput>;
}

/** Takes one step back; itself a step with the key `undo:<key>`. */
export interface Compensation<TOutput> {
  title: string;
  do(output: TOutput, context: StepContext): Promise<void>;
  confirm(output: TOutput, context: { signal: AbortSignal }): Promise<StepConfirmation>;
}

/** Something that takes its time upstream. Between two looks no worker is held, and the process may end. */
export interface OperationWait<TOutput extends JsonValue | void> {
  title: string;
  /**
   * Looks once, and changes nothing; `{ done }` ends the wait with its output. Throws when it will never come.
   */
  look(context: StepContext): Promise<{ done: TOutput } | 'not-yet'>;
  /** Time between two looks, in milliseconds. */
  everyMs: number;
  /** After which time the run fails, in milliseconds. */
  timeoutMs: number;
  /**
   * Stops upstream what is being waited for; called once when the run is cancelled or the time is up.
   */
  cancel?(context: { signal: AbortSignal }): Promise<void>;
}

/** What an operation may use while it changes things. */
export interface ApplyContext<TInput, TBasis> {
  runId: string;
  entityRef: string;
  target: OperationTarget;
  input: TInput;
  basis: TBasis;
  requester: string;
  reason: string | undefined;
  /** Aborted when the run is cancelled, its lease is lost or the process ends. */
  signal: AbortSignal;
  /**
   * Keys are unique in a run and stable between versions. What `apply` does besides its steps may be done again after a
   * restart: it only computes.
   */
  step<TOutput extends JsonValue | void>(key: string, step: OperationStep<TOutput>): Promise<TOutput>;
  /** Waits as a step of the run. `apply` is begun again from its top after each wait; steps that are done are not. */
  wait<TOutput extends JsonValue | void>(key: string, wait: OperationWait<TOutput>): Promise<TOutput>;
  /**
   * The value behind a reference of the input, from `operations.secrets`. It must not leave the step in which it is used.
   *
   * @throws InputError with code `SECRET_UNKNOWN`
   */
  secret(reference: SecretReference): string;
}

/** What came of a run. */
export interface ApplyResult {
  /** A sentence. */
  result: string;
  /** For those who go on with it (templates, tools): names of what was made. Never secrets. */
  output?: { [key: string]: JsonValue };
}

/** What is known of a run that is to be taken back. */
export interface UndoContext<TInput, TBasis> {
  runId: string;
  entityRef: string;
  target: OperationTarget;
  input: TInput;
  basis: TBasis;
  /** Outputs of its steps by key. */
  outputs: Readonly<Record<string, JsonValue | undefined>>;
  signal: AbortSignal;
}

/**
 * One way to change something outside the portal. The door authorises, asks for a reason, records and shows it; the
 * operation knows its upstream and nothing else.
 */
export interface Operation<TInput extends z.ZodTypeAny = z.ZodTypeAny, TBasis extends z.ZodTypeAny = z.ZodTypeAny> {
  /** `<area>-<verb>`, for example `rollouts-rollback`. */
  id: string;
  title: string;
  /** One sentence for buttons, tools and documentation. */
  description: string;
  permission: ResourcePermission<typeof RESOURCE_TYPE_OPERATION_PLAN>;
  /**
   * What people have to be allowed to read besides, where what the operation makes tells of content (rows, messages). Programs
   * have what the configuration names for them. Default: nothing.
   */
  reads?: BasicPermission;
  input: TInput;
  basis: TBasis;
  /**
   * `create`: the operation makes something that has no entity yet. It is asked for with the reference of the entity that
   * will be; who may is decided by whose the place is (`leitstand.ownership`). `place`: the same, whether there is an entity by
   * now or not; its input says what it works on; it can only be asked for as the undo of a run. Default: `entity`.
   */
  subject?: 'entity' | 'create' | 'place';
  /** Whether an entity of this form can have the operation at all; looks at the entity only. Never asked of the others. */
  appliesTo(entity: Entity): boolean;
  /**
   * Finds the object behind the entity: one upstream read. For `create`, the place in which it will be; then `entity` is
   * undefined.
   *
   * @throws InputError when the entity's annotations (or the input) do not name one object; NotFoundError; UpstreamError
   */
  resolve(context: ResolveContext<z.output<TInput>>): Promise<ResolvedTarget>;
  /**
   * Finds out what would change, with a dry run where upstream has one. Changes nothing.
   *
   * @throws ConflictError with code `NOTHING_TO_CHANGE`; InputError; NotFoundError; UpstreamError
   */
  plan(context: PlanContext<z.output<TInput>>): Promise<PlanDraft<z.output<TBasis>>>;
  /**
   * Does it, in steps.
   *
   * @returns what came of it, in a sentence or with output
   * @throws ConflictError with code `PLAN_STALE` when the basis no longer holds; UpstreamError
   */
  apply(context: ApplyContext<z.output<TInput>, z.output<TBasis>>): Promise<string | ApplyResult>;
  /**
   * Says which operation with which input takes a run of this one back; that is planned afresh, on the same entity, by the
   * person who undoes it. Left out where nothing can be taken back: the plan's note says why.
   *
   * @throws ConflictError with code `RUN_NOT_UNDOABLE` when this run cannot be
   */
  undo?(
    context: UndoContext<z.output<TInput>, z.output<TBasis>>,
  ): Promise<{ operation: string; input: { [key: string]: JsonValue } }>;
}

/** Keeps the types of input and basis together; returns its argument. */
export function defineOperation<TInput extends z.ZodTypeAny, TBasis extends z.ZodTypeAny>(
  operation: Operation<TInput, TBasis>,
): Operation<TInput, TBasis> {
  return operation;
}
