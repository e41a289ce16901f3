import type { Change, PlanWarning } from '@leitstand/plugin-operations-common';
import type { PlanDraft } from '@leitstand/plugin-operations-node';
import type { KubernetesClient } from '../client/KubernetesClient';
import {
  annotationsAfter,
  checkRollback,
  chooseTarget,
  rollbackOperations,
  templateOf,
  type RollbackTarget,
} from '../model/rollback';
import {
  deploymentDocumentType,
  formatLabelSelector,
  replicaSetDocumentType,
  type DeploymentDocument,
} from '../model/rollbackDocuments';
import { ANNOTATION_CHANGE_CAUSE, ANNOTATION_REVISION } from '../model/kubernetesObjects';
import { FIELD_MANAGER } from './fieldManager';
import { guardOf } from './patchGuarded';
import { rollbackBasisOf, type RollbackBasis } from './rollbackBasis';
import { describeTemplates } from './templatePlan';
import { deliveryWarnings } from './workloadChange';

/** Longest value of an annotation that a plan shows. */
const maxValueLength = 200;

/** What a plan is made from. */
export interface RollbackPlanOptions {
  client: KubernetesClient;
  deployment: DeploymentDocument;
  toRevision: number | undefined;
  requester: string;
  signal: AbortSignal;
}

/** Two requests: the ReplicaSets, and the patch as a dry run. */
export async function planRollback(options: RollbackPlanOptions): Promise<PlanDraft<RollbackBasis>> {
  const { client, deployment, signal } = options;
  const { namespace, name } = deployment.metadata;
  const labelSelector = formatLabelSelector(deployment.spec.selector);
  const { items } = await client.list(replicaSetDocumentType, { namespace, labelSelector }, signal);
  const target = chooseTarget(deployment, items, options.toRevision);
  checkRollback(deployment, target);
  const changeCause = `rolled back to revision ${target.revision} by ${options.requester}`;
  const operations = [...guardOf(deployment.metadata), ...rollbackOperations(deployment, target, changeCause)];
  await client.patch(
    deploymentDocumentType,
    { namespace, name },
    { operations, fieldManager: FIELD_MANAGER, dryRun: true, signal },
  );

  const basis = rollbackBasisOf(deployment, target);
  const title = `Pod template of ${namespace}/${name}`;
  const { changes, documents } = await describeTemplates(templateOf(deployment), templateOf(target.replicaSet), title);
  return {
    summary: `Roll back ${name} from revision ${basis.fromRevision ?? 'unknown'} to revision ${target.revision}`,
    changes: [...changes, ...annotationChanges(deployment, target, changeCause)],
    documents,
    warnings: warningsOf(deployment, target),
    undo: {
      isPossible: true,
      note: basis.fromRevision
        ? `Roll back to revision ${basis.fromRevision}, as long as the cluster keeps it in its history.`
        : 'Roll back to another revision, as long as the cluster keeps it in its history.',
    },
    basis,
  };
}

/** Annotations that come or go; the revision is the cluster's own, and the change cause is the run's record. */
function annotationChanges(deployment: DeploymentDocument, target: RollbackTarget, changeCause: string): Change[] {
  const before = deployment.metadata.annotations;
  const after = annotationsAfter(deployment, target, changeCause);
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter(name => name !== ANNOTATION_CHANGE_CAUSE && before[name] !== after[name])
    .sort()
    .map(name => ({
      label: `annotation ${name} of the Deployment`,
      before: shortened(before[name]),
      after: shortened(after[name]),
    }));
}

/** Tools keep whole documents in annotations. */
function shortened(value: string | undefined): string | null {
  if (value === undefined) return null;
  return value.length > maxValueLength ? `${value.slice(0, maxValueLength)}…` : value;
}

function warningsOf(deployment: DeploymentDocument, target: RollbackTarget): PlanWarning[] {
  const { metadata, spec } = deployment;
  const { replicas, readyReplicas } = target.replicaSet.status;
  const isNewer = target.revision > Number(metadata.annotations[ANNOTATION_REVISION] ?? 0);
  const warnings: Array<PlanWarning | false> = [
    replicas > 0 &&
      readyReplicas === 0 && {
        severity: 'warning',
        message: `No pod of revision ${target.revision} is ready at present: it may not be better.`,
      },
    isNewer && { severity: 'warning', message: `Revision ${target.revision} is newer than the present one.` },
    { severity: 'info', message: `The number of replicas stays as it is (${spec.replicas}).` },
  ];
  return [...deliveryWarnings(deployment), ...warnings.filter(warning => warning !== false)];
}
