import type { PlanWarning } from '@leitstand/plugin-operations-common';
import {
  SUSPEND_CRON_JOB_OPERATION,
  suspendCronJobInputSchema,
  suspendCronJobPermission,
} from '@leitstand/plugin-rollouts-common';
import type { CronJobDocument } from '../model/workloadDocuments';
import { countOf } from '../model/words';
import { defineWorkloadOperation } from './defineWorkloadOperation';
import { nothingToChange, objectBasisOf, objectBasisSchema } from './objectBasis';
import { changeStep, deliveryWarnings, tryChange, type WorkloadChange } from './workloadChange';
import type { WorkloadReader } from './WorkloadReader';

/** Stops and starts the schedule of a CronJob. */
export function createSuspendCronJobOperation(workloads: WorkloadReader) {
  return defineWorkloadOperation(workloads, {
    id: SUSPEND_CRON_JOB_OPERATION,
    title: 'Suspend or resume schedule',
    description: 'Keeps a CronJob from starting jobs by its schedule, or lets it start them again.',
    permission: suspendCronJobPermission,
    input: suspendCronJobInputSchema,
    basis: objectBasisSchema,
    kinds: ['CronJob'],
    async plan({ workload, input: { suspend }, ...context }) {
      const { name } = workload.metadata;
      if (workload.spec.suspend === suspend) {
        throw nothingToChange(`${name} ${suspend ? 'is suspended already' : 'is not suspended'}.`);
      }
      await tryChange(suspendChange(suspend), { workload, ...context });
      return {
        summary: suspend ? `Suspend the schedule of ${name}` : `Resume the schedule of ${name}`,
        changes: [
          { label: 'schedule', before: scheduleWords(workload, !suspend), after: scheduleWords(workload, suspend) },
        ],
        warnings: [...(suspend ? suspendWarnings(workload) : resumeWarnings(workload)), ...deliveryWarnings(workload)],
        undo: { isPossible: true, note: suspend ? 'Resume the schedule.' : 'Suspend the schedule again.' },
        basis: objectBasisOf(workload),
      };
    },
    async apply(client, context) {
      const { suspend } = context.input;
      await context.step('patch', changeStep(suspendChange(suspend), client, context));
      return suspend
        ? `${context.target.name} starts no more jobs.`
        : `${context.target.name} starts jobs by its schedule.`;
    },
    undo: async ({ input }) => ({ operation: SUSPEND_CRON_JOB_OPERATION, input: { suspend: !input.suspend } }),
  });
}

function suspendChange(suspend: boolean): WorkloadChange {
  return {
    title: suspend ? 'Suspend the schedule' : 'Resume the schedule',
    did: suspend ? 'suspended' : 'resumed',
    makesRevision: false,
    operations: () => [{ op: 'add', path: '/spec/suspend', value: suspend }],
  };
}

function scheduleWords({ spec }: CronJobDocument, isSuspended: boolean): string {
  const zone = spec.timeZone ? ` (${spec.timeZone})` : '';
  return isSuspended ? 'suspended' : `${spec.schedule}${zone}`;
}

function suspendWarnings({ status }: CronJobDocument): PlanWarning[] {
  if (status.active.length === 0) return [];
  const message = `${countOf(status.active.length, 'running job')} will go on to the end.`;
  return [{ severity: 'info', message }];
}

/** Source: {@link https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-suspension} */
function resumeWarnings({ spec }: CronJobDocument): PlanWarning[] {
  const message = spec.startingDeadlineSeconds
    ? `A job that was missed in the last ${spec.startingDeadlineSeconds} s is started at once.`
    : 'A job may be started at once, because its time was missed: startingDeadlineSeconds is not set.';
  return [{ severity: 'warning', message }];
}
