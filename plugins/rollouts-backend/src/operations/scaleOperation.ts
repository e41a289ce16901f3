import { InputError, NotFoundError } from '@backstage/errors';
import { withCode } from '@leitstand/plugin-kit-common';
import type { JsonValue, PlanDraft } from '@leitstand/plugin-operations-node';
import {
  SCALE_OPERATION,
  scaleInputSchema,
  scalePermission,
  type RolloutsErrorCode,
  type ScaleInput,
} from '@leitstand/plugin-rollouts-common';
import {
  autoscalerDocumentType,
  scalableKinds,
  scaleTypeOf,
  type AutoscalerDocument,
  type ScalableKind,
} from '../model/scaleObjects';
import { countOf } from '../model/words';
import { applyScale } from './applyScale';
import { defineWorkloadOperation, type WorkloadPlanContext } from './defineWorkloadOperation';
import { FIELD_MANAGER } from './fieldManager';
import { identityBasisOf, nothingToChange } from './objectBasis';
import { guardOf } from './patchGuarded';
import { autoscalerBasisOf, scaleBasisSchema, type ScaleBasis } from './scaleBasis';
import { boundsOperations, replicasOperation } from './scalePatch';
import { scaleWarnings } from './scaleWarnings';
import { deliveryWarnings } from './workloadChange';
import type { WorkloadReader } from './WorkloadReader';

type Context = WorkloadPlanContext<ScalableKind, ScaleInput>;

/** Changes the number of replicas, as `kubectl scale` does it, or the bounds of the autoscaler that sets it. */
export function createScaleOperation(workloads: WorkloadReader) {
  return defineWorkloadOperation(workloads, {
    id: SCALE_OPERATION,
    title: 'Scale',
    description: 'Changes the number of replicas, or the bounds within which an autoscaler sets it.',
    permission: scalePermission,
    input: scaleInputSchema,
    basis: scaleBasisSchema,
    kinds: scalableKinds,
    async plan(context) {
      const { namespace, name } = context.workload.metadata;
      const { items } = await context.client.list(autoscalerDocumentType, { namespace }, context.signal);
      const autoscaler = items.find(
        ({ spec }) => spec.scaleTargetRef.kind === context.workload.kind && spec.scaleTargetRef.name === name,
      );
      return context.input.target === 'autoscaler'
        ? planBounds(context, autoscaler)
        : planReplicas(context, autoscaler);
    },
    apply: applyScale,
    async undo({ input, basis }): Promise<{ operation: string; input: { [key: string]: JsonValue } }> {
      if (input.target === 'workload' || !basis.autoscaler) {
        return { operation: SCALE_OPERATION, input: { target: 'workload', replicas: basis.replicas } };
      }
      const { minReplicas, maxReplicas } = basis.autoscaler;
      return { operation: SCALE_OPERATION, input: { target: 'autoscaler', minReplicas, maxReplicas } };
    },
  });
}

/** Two requests: the number as a dry run, and at 0 what is reached by it. */
async function planReplicas(
  context: Context,
  autoscaler: AutoscalerDocument | undefined,
): Promise<PlanDraft<ScaleBasis>> {
  const { client, workload, input, signal } = context;
  const { metadata, spec } = workload;
  const { replicas } = input;
  if (replicas === undefined) throw new InputError('The number of replicas is missing.');
  if (spec.replicas === replicas)
    throw nothingToChange(`${metadata.name} has ${countOf(replicas, 'replica')} already.`);
  await client.patch(scaleTypeOf(workload.kind), metadata, {
    operations: [...guardOf(metadata), replicasOperation(replicas)],
    ...{ fieldManager: FIELD_MANAGER, dryRun: true, signal },
  });
  return {
    summary: `Scale ${metadata.name} from ${spec.replicas} to ${countOf(replicas, 'replica')}`,
    changes: [{ label: 'replicas', before: String(spec.replicas), after: String(replicas) }],
    warnings: [
      ...(await scaleWarnings(client, { workload, replicas, autoscaler }, signal)),
      ...deliveryWarnings(workload),
    ],
    undo: { isPossible: true, note: `Scale back to ${countOf(spec.replicas, 'replica')}.` },
    basis: { ...identityBasisOf(workload), replicas: spec.replicas, autoscaler: null },
  };
}

async function planBounds(
  context: Context,
  autoscaler: AutoscalerDocument | undefined,
): Promise<PlanDraft<ScaleBasis>> {
  const { client, workload, input, signal } = context;
  const { name } = workload.metadata;
  if (!autoscaler) {
    throw withCode<Error, RolloutsErrorCode>(
      new NotFoundError(`No autoscaler sets the replicas of ${name}. Change the number itself.`),
      'AUTOSCALER_NOT_FOUND',
    );
  }
  const before = autoscaler.spec;
  const { minReplicas = before.minReplicas, maxReplicas = before.maxReplicas } = input;
  if (minReplicas > maxReplicas) throw new InputError('The lower bound is above the upper bound.');
  const changes = [
    { label: 'lower bound of the replicas', before: before.minReplicas, after: minReplicas },
    { label: 'upper bound of the replicas', before: before.maxReplicas, after: maxReplicas },
  ].filter(change => change.before !== change.after);
  if (changes.length === 0) throw nothingToChange(`${autoscaler.metadata.name} has these bounds already.`);
  await client.patch(autoscalerDocumentType, autoscaler.metadata, {
    operations: [...guardOf(autoscaler.metadata), ...boundsOperations({ minReplicas, maxReplicas })],
    ...{ fieldManager: FIELD_MANAGER, dryRun: true, signal },
  });
  const isOutside = workload.spec.replicas < minReplicas || workload.spec.replicas > maxReplicas;
  return {
    summary: `Let ${autoscaler.metadata.name} keep ${name} between ${minReplicas} and ${maxReplicas} replicas`,
    changes: changes.map(change => ({ ...change, before: String(change.before), after: String(change.after) })),
    warnings: [
      {
        severity: 'info',
        message: isOutside
          ? `The autoscaler brings ${name} from ${countOf(workload.spec.replicas, 'replica')} into the bounds by itself, in about 15 s.`
          : `${name} has ${countOf(workload.spec.replicas, 'replica')} at present, which is within the bounds.`,
      },
      ...deliveryWarnings(workload),
    ],
    undo: { isPossible: true, note: `Set the bounds back to ${before.minReplicas} and ${before.maxReplicas}.` },
    basis: {
      ...identityBasisOf(workload),
      replicas: workload.spec.replicas,
      autoscaler: autoscalerBasisOf(autoscaler),
    },
  };
}
