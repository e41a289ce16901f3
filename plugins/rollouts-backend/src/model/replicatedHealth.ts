import type { Health } from '@leitstand/plugin-rollouts-common';
import type { KubernetesPod } from './kubernetesObjects';
import { explainTrouble, presentPods, troubleAdvice, worstTrouble, type PodTrouble } from './podTrouble';
import { replicasOf } from './replicas';
import { allOf, countOf } from './words';
import type { DaemonSet, StatefulSet } from './workloadObjects';

type Replicated = StatefulSet | DaemonSet;

/** What is true of a StatefulSet or DaemonSet with these pods, in words; the worst that applies. */
export function replicatedHealth(workload: Replicated, pods: readonly KubernetesPod[]): Health {
  const trouble = worstTrouble(presentPods(pods));
  return (
    nothingWantedHealth(workload) ??
    troubledHealth(workload, trouble) ??
    progressingHealth(workload, pods) ??
    unavailableHealth(workload) ?? {
      state: 'healthy',
      message: `${servingOf(workload)}.${isWaitingForDeletion(workload) ? ' Changes reach a pod when somebody deletes it (OnDelete).' : ''}`,
    }
  );
}

function nothingWantedHealth(workload: Replicated): Health | undefined {
  if (replicasOf(workload).desired !== 0 || !isObserved(workload)) return undefined;
  const why = workload.kind === 'DaemonSet' ? 'No node is to run it' : 'It is scaled to zero';
  return { state: 'scaled-to-zero', message: `${why}: nothing runs, and nothing should.` };
}

function troubledHealth(workload: Replicated, trouble: PodTrouble | undefined): Health | undefined {
  if (!trouble) return undefined;
  return {
    state: replicasOf(workload).available === 0 ? 'failed' : 'degraded',
    message: `${explainTrouble(trouble)} ${servingOf(workload)}.`,
    advice: troubleAdvice(trouble),
    reason: trouble.reason,
    since: trouble.since,
  };
}

/**
 * The rules of `kubectl rollout status`.
 *
 * Source: {@link https://github.com/kubernetes/kubectl/blob/master/pkg/polymorphichelpers/rollout_status.go}
 */
function progressingHealth(workload: Replicated, pods: readonly KubernetesPod[]): Health | undefined {
  const { desired, updated, available } = replicasOf(workload);
  const isOnDelete = workload.spec.updateStrategy.type === 'OnDelete';
  const isRollingOut = !isObserved(workload) || (!isOnDelete && updatesMissing(workload) > 0);
  if (!isRollingOut) return undefined;
  // Neither kind says when its rollout last moved; a rollout that moves makes pods.
  const since = pods.map(({ metadata }) => metadata.creationTimestamp).reduce((a, b) => (a > b ? a : b), '');
  return {
    state: 'progressing',
    message: `A rollout is under way: ${updated} of ${countOf(desired, 'pod')} updated, ${available} available.`,
    ...(since ? { since } : {}),
  };
}

function unavailableHealth(workload: Replicated): Health | undefined {
  const { desired, available } = replicasOf(workload);
  if (available >= desired) return undefined;
  return {
    state: available === 0 ? 'failed' : 'degraded',
    message: `${servingOf(workload)}.`,
    advice: 'Look at the readiness probes and at the events of the pods that are not ready.',
  };
}

/** How many pods the rollout has still to replace. A StatefulSet's partition keeps the pods below it as they are. */
function updatesMissing(workload: Replicated): number {
  const { desired, updated } = replicasOf(workload);
  if (workload.kind === 'DaemonSet') return desired - updated;
  const { currentRevision, updateRevision } = workload.status;
  if (currentRevision === updateRevision) return 0;
  return desired - workload.spec.updateStrategy.rollingUpdate.partition - updated;
}

function isWaitingForDeletion(workload: Replicated): boolean {
  const { desired, updated } = replicasOf(workload);
  return workload.spec.updateStrategy.type === 'OnDelete' && updated < desired;
}

function servingOf(workload: Replicated): string {
  const { desired, available } = replicasOf(workload);
  if (available === desired) return `${allOf(desired, 'pod')} available`;
  return `${available} of ${countOf(desired, 'pod')} ${desired === 1 ? 'is' : 'are'} available`;
}

function isObserved(workload: Replicated): boolean {
  return workload.metadata.generation <= workload.status.observedGeneration;
}
