import type { Change, PlanWarning } from '@leitstand/plugin-operations-common';
import { noInputSchema, RESTART_OPERATION, restartPermission } from '@leitstand/plugin-rollouts-common';
import { checkNotPaused } from '../model/checkNotPaused';
import { podAnnotationsOf, type RolloutDocument } from '../model/workloadDocuments';
import { isReplacedOnDelete } from '../model/workloadRolloutStatus';
import { countOf } from '../model/words';
import { defineWorkloadOperation } from './defineWorkloadOperation';
import { followRollout } from './followRollout';
import { objectBasisOf, objectBasisSchema } from './objectBasis';
import { changeStep, deliveryWarnings, tryChange, type WorkloadChange } from './workloadChange';
import type { WorkloadReader } from './WorkloadReader';

/** Written by `kubectl rollout restart`; a template that differs makes new pods. */
const ANNOTATION_RESTARTED_AT = 'kubectl.kubernetes.io/restartedAt';

/**
 * Replaces all pods, as `kubectl rollout restart` does it.
 *
 * Source: {@link https://github.com/kubernetes/kubectl/blob/master/pkg/polymorphichelpers/objectrestarter.go}
 */
export function createRestartOperation(workloads: WorkloadReader) {
  return defineWorkloadOperation(workloads, {
    id: RESTART_OPERATION,
    title: 'Restart',
    description: 'Replaces all pods by new ones of the same template, as kubectl rollout restart does.',
    permission: restartPermission,
    input: noInputSchema,
    basis: objectBasisSchema,
    kinds: ['Deployment', 'StatefulSet', 'DaemonSet'],
    async plan({ client, workload, requester, signal }) {
      if (workload.kind === 'Deployment') checkNotPaused(workload);
      const at = new Date().toISOString();
      await tryChange(restartChange(at), { client, workload, requester, signal });
      return {
        summary: `Restart ${workload.metadata.name}`,
        changes: [podsChange(workload)],
        warnings: [...warningsOf(workload), ...deliveryWarnings(workload)],
        undo: { isPossible: false, note: 'A restart cannot be taken back: the old pods are gone.' },
        basis: objectBasisOf(workload),
      };
    },
    async apply(client, context) {
      const patched = await context.step('patch', changeStep(restartChange(new Date().toISOString()), client, context));
      return context.wait('follow', followRollout({ client, target: context.target, ...patched }));
    },
  });
}

function restartChange(restartedAt: string): WorkloadChange {
  return {
    title: 'Mark the pod template as restarted',
    did: 'restarted',
    makesRevision: true,
    operations(workload) {
      if (workload.kind === 'CronJob') throw new Error('A CronJob cannot be restarted');
      const value = { ...podAnnotationsOf(workload.spec.template), [ANNOTATION_RESTARTED_AT]: restartedAt };
      return [{ op: 'add', path: '/spec/template/metadata/annotations', value }];
    },
  };
}

function podsChange(workload: RolloutDocument): Change {
  const count = workload.kind === 'DaemonSet' ? workload.status.desiredNumberScheduled : workload.spec.replicas;
  const restarted = podAnnotationsOf(workload.spec.template)[ANNOTATION_RESTARTED_AT];
  return {
    label: `pods of ${workload.metadata.name}`,
    before: restarted ? `${countOf(count, 'pod')}, restarted ${restarted}` : countOf(count, 'pod'),
    after: countOf(count, 'new pod'),
  };
}

function warningsOf(workload: RolloutDocument): PlanWarning[] {
  const { name } = workload.metadata;
  if (isReplacedOnDelete(workload)) {
    const message = `${name} has the strategy OnDelete: its pods are replaced only as somebody deletes them.`;
    return [{ severity: 'warning', message }];
  }
  if (workload.kind === 'DaemonSet') return [];
  if (workload.spec.replicas === 0) {
    return [{ severity: 'info', message: `${name} is scaled to 0: there is no pod to replace.` }];
  }
  const gap = gapOf(workload);
  return gap ? [{ severity: 'warning', message: `${name} does not answer for a while: ${gap}.` }] : [];
}

/** Why no pod answers while they are replaced; undefined where one always does. */
function gapOf(workload: Exclude<RolloutDocument, { kind: 'DaemonSet' }>): string | undefined {
  if (workload.kind === 'Deployment') {
    return workload.spec.strategy.type === 'Recreate' ? 'the strategy Recreate ends all pods first' : undefined;
  }
  return workload.spec.replicas === 1 ? 'its only pod ends before the new one starts' : undefined;
}
