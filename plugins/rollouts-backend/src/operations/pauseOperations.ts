import type { PlanWarning } from '@leitstand/plugin-operations-common';
import { noInputSchema, PAUSE_OPERATION, pausePermission, RESUME_OPERATION } from '@leitstand/plugin-rollouts-common';
import type { DeploymentDocument } from '../model/rollbackDocuments';
import { rolloutStatusOf } from '../model/rolloutStatus';
import { defineWorkloadOperation } from './defineWorkloadOperation';
import { followRollout } from './followRollout';
import { nothingToChange, objectBasisOf, objectBasisSchema } from './objectBasis';
import { changeStep, deliveryWarnings, tryChange, type WorkloadChange } from './workloadChange';
import type { WorkloadReader } from './WorkloadReader';

/** Keeps changes of a Deployment from being rolled out, as `kubectl rollout pause` does it. */
export function createPauseOperation(workloads: WorkloadReader) {
  return defineWorkloadOperation(workloads, {
    id: PAUSE_OPERATION,
    title: 'Pause rollout',
    description: 'Keeps changes of the Deployment from being rolled out until it is resumed.',
    ...declaration,
    async plan({ workload, ...context }) {
      if (workload.spec.paused) throw nothingToChange(`${workload.metadata.name} is paused already.`);
      await tryChange(pausing, { workload, ...context });
      return {
        ...draftOf(workload, true),
        summary: `Pause the rollout of ${workload.metadata.name}`,
        warnings: [...pauseWarnings(workload), ...deliveryWarnings(workload)],
        undo: { isPossible: true, note: 'Resume it; what was changed meanwhile is rolled out then.' },
      };
    },
    async apply(client, context) {
      await context.step('patch', changeStep(pausing, client, context));
      return `${context.target.name} is paused: its changes are not rolled out.`;
    },
    undo: async () => ({ operation: RESUME_OPERATION, input: {} }),
  });
}

/** Lets changes of a Deployment be rolled out again, as `kubectl rollout resume` does it. */
export function createResumeOperation(workloads: WorkloadReader) {
  return defineWorkloadOperation(workloads, {
    id: RESUME_OPERATION,
    title: 'Resume rollout',
    description: 'Rolls out what was changed while the Deployment was paused.',
    ...declaration,
    async plan({ workload, ...context }) {
      if (!workload.spec.paused) throw nothingToChange(`${workload.metadata.name} is not paused.`);
      await tryChange(resuming, { workload, ...context });
      return {
        ...draftOf(workload, false),
        summary: `Resume the rollout of ${workload.metadata.name}`,
        warnings: [...resumeWarnings(workload), ...deliveryWarnings(workload)],
        undo: { isPossible: true, note: 'Pause it again; pods that were replaced by then stay.' },
      };
    },
    async apply(client, context) {
      const patched = await context.step('patch', changeStep(resuming, client, context));
      return context.wait('follow', followRollout({ client, target: context.target, ...patched }));
    },
    undo: async () => ({ operation: PAUSE_OPERATION, input: {} }),
  });
}

const declaration = {
  permission: pausePermission,
  input: noInputSchema,
  basis: objectBasisSchema,
  kinds: ['Deployment'] as const,
};

const pausing: WorkloadChange = pauseChange(true);
const resuming: WorkloadChange = pauseChange(false);

function pauseChange(paused: boolean): WorkloadChange {
  return {
    title: paused ? 'Pause the rollout' : 'Resume the rollout',
    did: paused ? 'paused' : 'resumed',
    makesRevision: false,
    operations: () => [{ op: 'add', path: '/spec/paused', value: paused }],
  };
}

function draftOf(workload: DeploymentDocument, isPaused: boolean) {
  const words = (paused: boolean) => (paused ? 'paused' : 'goes on');
  return {
    changes: [{ label: 'rollout', before: words(!isPaused), after: words(isPaused) }],
    basis: objectBasisOf(workload),
  };
}

function pauseWarnings(workload: DeploymentDocument): PlanWarning[] {
  const { state, message } = rolloutStatusOf(workload);
  return [
    ...(state === 'waiting'
      ? [
          {
            severity: 'warning' as const,
            message: `A rollout is under way and stops where it is: ${lowerFirst(message)}.`,
          },
        ]
      : []),
    { severity: 'info', message: 'Scaling and the replacement of lost pods go on while it is paused.' },
  ];
}

function resumeWarnings({ status, spec }: DeploymentDocument): PlanWarning[] {
  const old = spec.replicas - status.updatedReplicas;
  if (old <= 0) return [];
  const message = `The template was changed while it was paused: ${old} of ${spec.replicas} pods are replaced.`;
  return [{ severity: 'warning', message }];
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLocaleLowerCase('en-US') + text.slice(1);
}
