import type { PlanWarning } from '@leitstand/plugin-operations-common';
import type { ApplyContext, OperationStep, StepConfirmation } from '@leitstand/plugin-operations-node';
import { ANNOTATION_LAST_CHANGE, workloadKindSchema } from '@leitstand/plugin-rollouts-common';
import type { KubernetesClient, PatchOperation } from '../client/KubernetesClient';
import { deliveryToolOf } from '../model/deliveryTool';
import { ANNOTATION_CHANGE_CAUSE } from '../model/kubernetesObjects';
import { documentTypeOf, type WorkloadDocument } from '../model/workloadDocuments';
import { stallOf } from '../model/workloadRolloutStatus';
import { changeCauseOf } from './changeCause';
import { FIELD_MANAGER } from './fieldManager';
import { checkObjectBasis, type ObjectBasis } from './objectBasis';
import { guardOf, patchGuarded } from './patchGuarded';

/** One patch of a workload, as the plan tries it and the run does it. */
export interface WorkloadChange {
  /** What the step is called, for example `Restart`. */
  title: string;
  /** For the change cause, for example `restarted`. */
  did: string;
  /**
   * Whether it makes a new revision. If not, the change cause is left alone: the cluster would take it for that of the
   * present revision.
   */
  makesRevision: boolean;
  operations(workload: WorkloadDocument): PatchOperation[];
}

/** What following the rollout needs to know of the patch. */
export type PatchOutput = { generation: number; earlierStall: string | null };

/** Lets the cluster check the patch without keeping it. */
export async function tryChange(
  change: WorkloadChange,
  options: { client: KubernetesClient; workload: WorkloadDocument; requester: string; signal: AbortSignal },
): Promise<void> {
  const { client, workload, requester, signal } = options;
  const operations = [
    ...guardOf(workload.metadata),
    ...change.operations(workload),
    causeOperation(change, workload, `${change.did} by ${requester}`),
  ];
  const patch = { operations, fieldManager: FIELD_MANAGER, dryRun: true, signal };
  await client.patch(documentTypeOf(workload.kind), workload.metadata, patch);
}

/** The step that makes the change, and only if the plan's basis holds. */
export function changeStep<TBasis extends ObjectBasis>(
  change: WorkloadChange,
  client: KubernetesClient,
  context: ApplyContext<unknown, TBasis>,
): OperationStep<PatchOutput> {
  const { target, basis, runId } = context;
  const type = documentTypeOf(workloadKindSchema.parse(target.kind));
  const place = { namespace: target.namespace ?? '', name: target.name };
  return {
    title: change.title,
    async do({ signal }) {
      const prepare = async () => {
        const workload = await client.get(type, place, signal);
        checkObjectBasis(workload, basis);
        const cause = causeOperation(change, workload, changeCauseOf(change.did, context));
        return { version: workload.metadata, operations: [...change.operations(workload), cause] };
      };
      return outputOf(await patchGuarded({ client, type, place, prepare, signal }));
    },
    async confirm({ signal }): Promise<StepConfirmation | { output: PatchOutput }> {
      const { metadata } = await client.get(type, place, signal);
      if (metadata.annotations[causeAnnotationOf(change)]?.includes(runId)) {
        // By now the cluster has written its own conditions: a stall is one of this rollout.
        return { output: { generation: metadata.generation, earlierStall: null } };
      }
      const isUntouched = metadata.uid === basis.uid && metadata.generation === basis.generation;
      return isUntouched ? 'not-done' : 'unknown';
    },
  };
}

/** What a tool that delivers the workload will do about a change; nothing where none left its mark. */
export function deliveryWarnings(workload: WorkloadDocument): PlanWarning[] {
  const tool = deliveryToolOf(workload);
  if (tool === undefined) return [];
  const message = `${tool} delivers this ${workload.kind}: what is changed here will be reverted at its next run. Change its source as well.`;
  return [{ severity: 'warning', message }];
}

function outputOf(workload: WorkloadDocument): PatchOutput {
  const earlierStall = workload.kind === 'CronJob' ? null : stallOf(workload);
  return { generation: workload.metadata.generation, earlierStall };
}

function causeAnnotationOf(change: WorkloadChange): string {
  return change.makesRevision ? ANNOTATION_CHANGE_CAUSE : ANNOTATION_LAST_CHANGE;
}

/** `add` replaces what is there, and works where there is nothing. */
function causeOperation(change: WorkloadChange, workload: WorkloadDocument, cause: string): PatchOperation {
  const value = { ...workload.metadata.annotations, [causeAnnotationOf(change)]: cause };
  return { op: 'add', path: '/metadata/annotations', value };
}
