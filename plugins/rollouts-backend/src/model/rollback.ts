import { isDeepStrictEqual } from 'node:util';
import { ConflictError, NotFoundError } from '@backstage/errors';
import { withCode } from '@leitstand/plugin-kit-common';
import type { OperationErrorCode } from '@leitstand/plugin-operations-common';
import {
  ANNOTATION_ENTITY_REF,
  ANNOTATION_LAST_CHANGE,
  ANNOTATION_OWNER,
  type RolloutsErrorCode,
} from '@leitstand/plugin-rollouts-common';
import type { PatchOperation } from '../client/KubernetesClient';
import { checkNotPaused } from './checkNotPaused';
import { ANNOTATION_CHANGE_CAUSE, ANNOTATION_REVISION, controllerUidOf } from './kubernetesObjects';
import type { DeploymentDocument, PodTemplate, ReplicaSetDocument } from './rollbackDocuments';

/*
 * What `kubectl rollout undo` does, step by step.
 * Source: https://github.com/kubernetes/kubectl/blob/master/pkg/polymorphichelpers/rollback.go
 */

const podTemplateHashLabel = 'pod-template-hash';

/** Annotations that stay as the Deployment has them; all others become those of the revision. */
const keptAnnotations = [
  'kubectl.kubernetes.io/last-applied-configuration',
  ANNOTATION_REVISION,
  'deployment.kubernetes.io/revision-history',
  'deployment.kubernetes.io/desired-replicas',
  'deployment.kubernetes.io/max-replicas',
  'deprecated.deployment.rollback.to',
  // Beyond kubectl: going back must neither drop a claim of ownership nor bring back one that was withdrawn.
  ANNOTATION_ENTITY_REF,
  ANNOTATION_OWNER,
  // It tells of the Deployment, not of a revision.
  ANNOTATION_LAST_CHANGE,
];

/** A revision that can be gone back to. */
export interface RollbackTarget {
  replicaSet: ReplicaSetDocument;
  revision: number;
}

/**
 * The revision to go back to: the given one, otherwise the one with the second-highest number.
 *
 * @throws NotFoundError with code `REVISION_NOT_FOUND`
 */
export function chooseTarget(
  deployment: DeploymentDocument,
  replicaSets: readonly ReplicaSetDocument[],
  toRevision: number | undefined,
): RollbackTarget {
  const history = replicaSets
    .filter(replicaSet => controllerUidOf(replicaSet) === deployment.metadata.uid)
    .map(replicaSet => ({ replicaSet, revision: Number(replicaSet.metadata.annotations[ANNOTATION_REVISION] ?? 0) }))
    .filter(({ revision }) => revision > 0)
    .sort((a, b) => b.revision - a.revision);
  const target = toRevision === undefined ? history[1] : history.find(({ revision }) => revision === toRevision);
  if (target) return target;
  const kept = history.map(({ revision }) => revision).join(', ') || 'none';
  const wanted = toRevision === undefined ? 'no earlier revision' : `no revision ${toRevision}`;
  throw withCode<Error, RolloutsErrorCode>(
    new NotFoundError(
      `There is ${wanted} of ${deployment.metadata.namespace}/${deployment.metadata.name}; the cluster keeps: ${kept}.`,
    ),
    'REVISION_NOT_FOUND',
  );
}

/**
 * Refuses what `kubectl rollout undo` refuses or skips.
 *
 * @throws ConflictError with code `ROLLOUT_PAUSED` or `NOTHING_TO_CHANGE`
 */
export function checkRollback(deployment: DeploymentDocument, target: RollbackTarget): void {
  checkNotPaused(deployment);
  if (isDeepStrictEqual(templateOf(target.replicaSet), templateOf(deployment))) {
    throw withCode<Error, OperationErrorCode>(
      new ConflictError(`${deployment.metadata.name} already runs what revision ${target.revision} holds.`),
      'NOTHING_TO_CHANGE',
    );
  }
}

/** A pod template as a Deployment holds it: without the label that marks the ReplicaSet. */
export function templateOf(owner: DeploymentDocument | ReplicaSetDocument): PodTemplate {
  const { template } = owner.spec;
  const { [podTemplateHashLabel]: _, ...labels } = template.metadata?.labels ?? {};
  return { ...template, metadata: { ...template.metadata, labels } };
}

/** The annotations that the Deployment has after the rollback. */
export function annotationsAfter(
  deployment: DeploymentDocument,
  target: RollbackTarget,
  changeCause: string,
): Record<string, string> {
  const kept = Object.entries(deployment.metadata.annotations).filter(([name]) => keptAnnotations.includes(name));
  const taken = Object.entries(target.replicaSet.metadata.annotations).filter(
    ([name]) => !keptAnnotations.includes(name),
  );
  return { ...Object.fromEntries([...kept, ...taken]), [ANNOTATION_CHANGE_CAUSE]: changeCause };
}

/** What the rollback patches. */
export function rollbackOperations(
  deployment: DeploymentDocument,
  target: RollbackTarget,
  changeCause: string,
): PatchOperation[] {
  return [
    { op: 'replace', path: '/spec/template', value: templateOf(target.replicaSet) },
    // `add` replaces what is there, and works where there is nothing.
    { op: 'add', path: '/metadata/annotations', value: annotationsAfter(deployment, target, changeCause) },
  ];
}
