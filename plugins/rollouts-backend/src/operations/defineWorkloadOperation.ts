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
import type { DocumentOf } from '../model/workloadDocuments';
import type { WorkloadReader } from './WorkloadReader';

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
      const workload = resolvedWorkloads.get(resolved) ?? (await read(entity, signal)).workload;
      const client = workloads.clientOf(resolved.target.cluster ?? '');
      return plan({ client, workload, input, requester, signal });
    },

    apply: context => apply(workloads.clientOf(context.target.cluster ?? ''), context),
  });
}

function refOf(entity: Entity | undefined): WorkloadRef {
  const ref = entity && workloadRefOf(entity);
  if (ref) return ref;
  throw withCode<Error, RolloutsErrorCode>(
    new InputError('The entity names no workload: it needs the annotations kubernetes-cluster, -namespace and -id.'),
    'WORKLOAD_NOT_ANNOTATED',
  );
}
