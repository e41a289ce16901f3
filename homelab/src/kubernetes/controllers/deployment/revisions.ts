// https://github.com/kubernetes/kubernetes/blob/v1.32.0/pkg/controller/deployment/util/deployment_util.go
import { createHash } from 'node:crypto';
import { canonicalJson, isEqual } from '../../codec/json';
import type { Deployment, PodTemplate, ReplicaSet, StringMap } from '../../model';

const prefix = 'deployment.kubernetes.io/';
/** Number of the rollout, on Deployment and ReplicaSet. */
export const revisionAnnotation = `${prefix}revision`;
const revisionHistoryAnnotation = `${prefix}revision-history`;
/** The replicas of the Deployment when its ReplicaSet was last scaled. */
export const desiredReplicasAnnotation = `${prefix}desired-replicas`;
/** The same with `maxSurge`. */
export const maxReplicasAnnotation = `${prefix}max-replicas`;
/** Label by which the pods of one template are told apart. */
export const hashLabel = 'pod-template-hash';

/** Annotations of a Deployment that its ReplicaSets do not take over. */
const notCopied = new Set([
  'kubectl.kubernetes.io/last-applied-configuration',
  revisionAnnotation,
  revisionHistoryAnnotation,
  desiredReplicasAnnotation,
  maxReplicasAnnotation,
  'deprecated.deployment.rollback.to',
]);

/** 0 when there is none, or none that is a number. */
export function revisionOf(object: { metadata: { annotations?: StringMap } }): number {
  const revision = Number(object.metadata.annotations?.[revisionAnnotation]);
  return Number.isInteger(revision) ? revision : 0;
}

function withoutHash(template: PodTemplate): PodTemplate {
  const { [hashLabel]: _hash, ...labels } = template.metadata?.labels ?? {};
  return { ...template, metadata: { ...template.metadata, labels } };
}

/** Oldest first, for sorting. */
export function byCreation(left: ReplicaSet, right: ReplicaSet): number {
  const age = (left.metadata.creationTimestamp ?? '').localeCompare(right.metadata.creationTimestamp ?? '');
  return age || left.metadata.name.localeCompare(right.metadata.name);
}

/** The oldest ReplicaSet that has the Deployment's template. */
export function findNewReplicaSet(deployment: Deployment, replicaSets: ReplicaSet[]): ReplicaSet | undefined {
  const wanted = withoutHash(deployment.spec.template);
  return [...replicaSets].sort(byCreation).find(candidate => isEqual(withoutHash(candidate.spec.template), wanted));
}

/** The `pod-template-hash`: the same for equal templates, in the alphabet of Kubernetes' SafeEncodeString. */
export function templateHash(template: PodTemplate): string {
  const alphabet = 'bcdfghjklmnpqrstvwxz2456789';
  const bytes = createHash('sha256')
    .update(canonicalJson(withoutHash(template)))
    .digest();
  return [...bytes.subarray(0, 10)].map(byte => alphabet[byte % alphabet.length]).join('');
}

/** The annotations of the new ReplicaSet: the Deployment's own ones, its revision, and the revisions it had before. */
export function newReplicaSetAnnotations(
  deployment: Deployment,
  current: StringMap | undefined,
  revision: number,
): StringMap {
  const copied = Object.entries(deployment.metadata.annotations ?? {}).filter(([key]) => !notCopied.has(key));
  const result: StringMap = { ...current, ...Object.fromEntries(copied) };
  const previous = current?.[revisionAnnotation];
  if (previous === undefined || Number(previous) < revision) {
    result[revisionAnnotation] = String(revision);
    if (previous !== undefined) {
      const history = current?.[revisionHistoryAnnotation];
      result[revisionHistoryAnnotation] = history ? `${history},${previous}` : previous;
    }
  }
  return result;
}
