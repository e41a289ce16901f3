import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import {
  PAUSE_OPERATION,
  RESTART_OPERATION,
  RESUME_OPERATION,
  RUN_CRON_JOB_OPERATION,
  SCALE_OPERATION,
  SET_IMAGE_OPERATION,
  SUSPEND_CRON_JOB_OPERATION,
  type Workload,
} from '@leitstand/plugin-rollouts-common';
import type { OperationForm } from '@leitstand/plugin-operations-react';
import { useMemo } from 'react';
import { rolloutsTranslationRef } from '../../translation';
import { OperationMenu } from './OperationMenu';
import { useScaleForm } from './ScaleForm';
import { useSetImageForm } from './SetImageForm';
import { useUnavailable } from './useUnavailable';
import { WorkloadOperationButton } from './WorkloadOperationButton';
import { useWorkloadOperations } from './WorkloadOperations';

/** One entry before it is known whether there is the operation. */
interface Candidate {
  operation: string;
  label: string;
  input?: Record<string, unknown>;
  inputForm?: OperationForm;
  refusal?: string;
}

const resumed = { suspend: false };
const suspended = { suspend: true };

/** What can be done to a workload besides going back: the first thing as a button, the rest in a menu. */
export function WorkloadActions(props: { workload: Workload }) {
  const { t } = useTranslationRef(rolloutsTranslationRef);
  const { workload } = props;
  const operations = useWorkloadOperations();
  const unavailable = useUnavailable();
  const candidates = useCandidates(workload);
  if (!operations) return null;
  const entries = candidates.flatMap(({ operation: id, refusal, ...use }) => {
    const operation = operations.find(id);
    if (!operation) return [];
    return [
      {
        label: use.label,
        refusal: unavailable(operation) ?? refusal,
        onOpen: () => operations.open({ operation, ...use }),
      },
    ];
  });
  return (
    <>
      {workload.kind === 'CronJob' && <CronJobButtons isSuspended={workload.isPaused} />}
      {workload.kind === 'Deployment' && workload.isPaused && (
        <WorkloadOperationButton operation={RESUME_OPERATION} label={t('operation.resume')} variant="contained" />
      )}
      <OperationMenu entries={entries} />
    </>
  );
}

function CronJobButtons(props: { isSuspended: boolean }) {
  const { t } = useTranslationRef(rolloutsTranslationRef);
  const { isSuspended } = props;
  return (
    <>
      <WorkloadOperationButton operation={RUN_CRON_JOB_OPERATION} label={t('operation.runNow')} />
      <WorkloadOperationButton
        operation={SUSPEND_CRON_JOB_OPERATION}
        label={isSuspended ? t('operation.resumeSchedule') : t('operation.suspend')}
        input={isSuspended ? resumed : suspended}
      />
    </>
  );
}

/** By kind and state, the most usual first. */
function useCandidates(workload: Workload): Candidate[] {
  const { t } = useTranslationRef(rolloutsTranslationRef);
  const scaleForm = useScaleForm(workload);
  const setImageForm = useSetImageForm(workload);
  return useMemo(() => {
    const { isPaused, kind } = workload;
    const refusal = isPaused ? t('operation.isPaused') : undefined;
    if (kind === 'CronJob') return [];
    const restart = { operation: RESTART_OPERATION, label: t('operation.restart'), refusal };
    const scale = { operation: SCALE_OPERATION, label: t('operation.scale'), inputForm: scaleForm };
    const setImage = {
      operation: SET_IMAGE_OPERATION,
      label: t('operation.setImage'),
      inputForm: setImageForm,
      refusal,
    };
    // Resuming is a button of its own.
    const pause = isPaused ? [] : [{ operation: PAUSE_OPERATION, label: t('operation.pause') }];
    return [restart, scale, setImage, ...pause];
  }, [workload, scaleForm, setImageForm, t]);
}
