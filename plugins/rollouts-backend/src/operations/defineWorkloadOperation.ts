import type { Entity } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import { withCode } from '@leitstand/plugin-kit-common';
import {
  defineOperation,
  type ApplyContext,
  type ApplyResult,
  type Operation,
  type PlanDraft,
  type ResolvedTarget,
} from '@leitstand/plugin-operations-node';
import {
  workloadRefOf,
  type RolloutsErrorCode,
  type WorkloadKind,
  type WorkloadRef,
} from '@leitstand/plugin-rollouts-common';
import type { z } from 'zod/v3';
import type { KubernetesClient } from '../client/KubernetesClient';
import { claimedEntityRefOf, claimedOwnerOf, discoveredEntityRefOf } from '../model/discoveredEntity';
import type { DocumentOf, WorkloadDocument } from '../model/workloadDocuments';
import { checkIdentity, identityBasisOf, stalePlan } from './objectBasis';
import { mayHaveChanged } from './patchGuarded';
import type { WorkloadReader } from './WorkloadReader';

/** How often a plan is tried when the workload changes between reading and trying. */
const maxPlanAttemptCount = 4;

/** What a plan for a workload is made from. */
export interface WorkloadPlanContext<TKind extends WorkloadKind, TInput> {
  client: KubernetesClient;
  /** As it was read a moment before. */
  workload: DocumentOf<TKind>;
  input: TInput;
  requester: string;
  signal: AbortSignal;
}

/** An operation on workloads of some kinds; the rest of an {@link Operation} is the same for all. */
export interface WorkloadOperation<
  TKind extends WorkloadKind,
  TInput extends z.ZodTypeAny,
  TBasis extends z.ZodTypeAny,
> extends Pick<Operation<TInput, TBasis>, 'id' | 'title' | 'description' | 'permission' | 'input' | 'basis' | 'undo'> {
  kinds: readonly TKind[];
  plan(context: WorkloadPlanContext<TKind, z.output<TInput>>): Promise<PlanDraft<z.output<TBasis>>>;
  apply(
    client: KubernetesClient,
    context: ApplyContext<z.output<TInput>, z.output<TBasis>>,
  ): Promise<string | ApplyResult>;
}

/** Finds the workload of an entity for an operation on it. */
export function defineWorkloadOperation<
  TKind extends WorkloadKind,
  TInput extends z.ZodTypeAny,
  TBasis extends z.ZodTypeAny,
>(workloads: WorkloadReader, operation: WorkloadOperation<TKind, TInput, TBasis>): Operation<TInput, TBasis> {
  const { kinds, plan, apply, ...declaration } = operation;
  // A plan starts from what resolve read a moment before, so that it costs one request less.
  const resolvedWorkloads = new WeakMap<ResolvedTarget, DocumentOf<TKind>>();
  const isOfKind = (kind: WorkloadKind): kind is TKind => kinds.some(candidate => candidate === kind);

  const read = async (entity: Entity | undefined, signal: AbortSignal) => {
    const ref = refOf(entity);
    if (!isOfKind(ref.kind)) throw new InputError(`There is no ${operation.title} for a ${ref.kind}.`);
    return { ref, workload: await workloads.read({ ...ref, kind: ref.kind }, signal) };
  };

  return defineOperation({
    ...declaration,

    appliesTo(entity) {
      const ref = workloadRefOf(entity);
      return ref !== undefined && isOfKind(ref.kind);
    },

    async resolve({ entity, signal }) {
      const { ref, workload } = await read(entity, signal);
      const resolved: ResolvedTarget = {
        target: { system: ref.cluster, ...ref },
        claimedEntityRef: claimedEntityRefOf(workload),
        claimedOwner: claimedOwnerOf(workload),
        discoveredEntityRef: discoveredEntityRefOf(ref.cluster, workload, ref.kind),
      };
      resolvedWorkloads.set(resolved, workload);
      return resolved;
    },

    async plan({ entity, resolved, input, requester, signal }) {
      const reread = async () => (await read(entity, signal)).workload;
      const client = workloads.clientOf(resolved.target.cluster ?? '');
      const workload = resolvedWorkloads.get(resolved) ?? (await reread());
      const planOnce = (newest: DocumentOf<TKind>) => plan({ client, workload: newest, input, requester, signal });
      return planSettled(workload, { planOnce, reread });
    },

    apply: context => apply(workloads.clientOf(context.target.cluster ?? ''), context),
  });
}

/**
 * Plans what is tried as a dry run at one version of the workload. A controller may write a new one in that moment, and does so
 * while what an earlier run asked for is carried out: then the plan is made anew.
 *
 * @throws ConflictError with code `PLAN_STALE` when it keeps changing, or is another's by now; what `planOnce` throws
 */
async function planSettled<TWorkload extends WorkloadDocument, TPlan>(
  workload: TWorkload,
  options: { planOnce(workload: TWorkload): Promise<TPlan>; reread(): Promise<TWorkload> },
): Promise<TPlan> {
  let current = workload;
  for (let attempt = 1; attempt <= maxPlanAttemptCount; attempt++) {
    try {
      return await options.planOnce(current);
    } catch (error) {
      if (!mayHaveChanged(error)) throw error;
      const newest = await options.reread();
      checkIdentity(newest, identityBasisOf(workload)); // ownership was confirmed on what was read first
      const hasChanged = newest.metadata.resourceVersion !== current.metadata.resourceVersion;
      // What else it was made from may have changed, once; then it is the change itself that the cluster does not want.
      if (!hasChanged && attempt > 1) throw error;
      current = newest;
    }
  }
  throw stalePlan(`${workload.metadata.name} keeps changing while it is looked at.`);
}

function refOf(entity: Entity | undefined): WorkloadRef {
  const ref = entity && workloadRefOf(entity);
  if (ref) return ref;
  throw withCode<Error, RolloutsErrorCode>(
    new InputError('The entity names no workload: it needs the annotations kubernetes-cluster, -namespace and -id.'),
    'WORKLOAD_NOT_ANNOTATED',
  );
}
