import type { Entity } from '@backstage/catalog-model';
import type { ResourcePermission } from '@backstage/plugin-permission-common';
import type {
  Change,
  DocumentDiff,
  OperationTarget,
  PlanWarning,
  RESOURCE_TYPE_OPERATION_PLAN,
} from '@leitstand/plugin-operations-common';
import type { z } from 'zod/v3';

/** JSON, as it is stored between plan, run and steps. */
export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue };

/** What one upstream read says about the object behind an entity. */
export interface ResolvedTarget {
  target: OperationTarget;
  /** The object's `leitstand.io/entity-ref`: which entity it says it is. Only people with upstream rights can write it. */
  claimedEntityRef?: string;
  /** The entity as which the catalogue provider discovers this object. */
  discoveredEntityRef?: string;
}

/** What an operation knows while it makes a plan. */
export interface PlanContext<TInput> {
  entity: Entity;
  resolved: ResolvedTarget;
  input: TInput;
  /** Entity reference of the person who asks. */
  requester: string;
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

/** One step of a run: *started* is on record before `do`, *done* with its output after. */
export interface OperationStep<TOutput extends JsonValue | void> {
  title: string;
  do(context: { signal: AbortSignal; progress(message: string): void }): Promise<TOutput>;
  /**
   * Looks upstream whether the step took effect; asked when a run is found with this step started. A step whose output
   * later steps need answers with that output; after a plain `done` its output is undefined.
   */
  confirm(context: { signal: AbortSignal }): Promise<StepConfirmation | { output: TOutput }>;
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
  /** Aborted when the run is cancelled or the process ends. */
  signal: AbortSignal;
  /** Keys are unique in a run and stable between versions. */
  step<TOutput extends JsonValue | void>(key: string, step: OperationStep<TOutput>): Promise<TOutput>;
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
  input: TInput;
  basis: TBasis;
  /** Whether an entity of this form can have the operation at all; looks at the entity only. */
  appliesTo(entity: Entity): boolean;
  /**
   * Finds the object behind the entity: one upstream read.
   *
   * @throws InputError when the entity's annotations do not name one object; NotFoundError; UpstreamError
   */
  resolve(context: { entity: Entity; signal: AbortSignal }): Promise<ResolvedTarget>;
  /**
   * Finds out what would change, with a dry run where upstream has one. Changes nothing.
   *
   * @throws ConflictError with code `NOTHING_TO_CHANGE`; InputError; NotFoundError; UpstreamError
   */
  plan(context: PlanContext<z.output<TInput>>): Promise<PlanDraft<z.output<TBasis>>>;
  /**
   * Does it, in steps; resolves to what came of it in a sentence.
   *
   * @throws ConflictError with code `PLAN_STALE` when the basis no longer holds; UpstreamError
   */
  apply(context: ApplyContext<z.output<TInput>, z.output<TBasis>>): Promise<string>;
}

/** Keeps the types of input and basis together; returns its argument. */
export function defineOperation<TInput extends z.ZodTypeAny, TBasis extends z.ZodTypeAny>(
  operation: Operation<TInput, TBasis>,
): Operation<TInput, TBasis> {
  return operation;
}
