import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { RelativeTime } from '@leitstand/plugin-kit-react';
import { parseModelRef, type Job, type ModelRef } from '@leitstand/plugin-ml-models-common';
import { runRouteRef } from '@leitstand/plugin-operations-react';
import Alert from '@mui/material/Alert';
import LinearProgress from '@mui/material/LinearProgress';
import { useModel } from '../../hooks/useModel';
import type { ModelOperations } from '../../hooks/useModelOperations';
import { runOfJob } from '../../model/runOfJob';
import { mlModelsTranslationRef } from '../../translation';
import { CancelJobButton } from '../CancelJobButton';
import { Section } from '../Section';
import { LossFigure } from './LossFigure';

/** That a training is under way, since when, by whom, and its loss so far; and the way to end it. */
export function RunningTraining(props: {
  job: Job;
  operations: ModelOperations;
  /** `project.dataset.model` of the page; a training of another model, a candidate, has its own curve. */
  model: string;
}) {
  const { t } = useTranslationRef(mlModelsTranslationRef);
  const { job, operations, model } = props;
  const runLink = useRouteRef(runRouteRef);
  const runId = runOfJob(job);
  return (
    <>
      <Alert severity="info" role="status" action={<CancelJobButton job={job} operations={operations} />}>
        {runId === undefined ? t('training.running', { user: job.user }) : t('training.runningOwn')}{' '}
        <RelativeTime time={job.startedAt ?? job.createdAt} />
        {runId !== undefined && (
          <>
            {' · '}
            <Link to={runLink({ id: runId })}>{t('job.run')}</Link>
          </>
        )}
        <LinearProgress aria-label={t('training.progress')} sx={{ marginTop: 1, width: 260, maxWidth: '100%' }} />
      </Alert>
      {job.model !== undefined && job.model !== model && <CandidateLoss modelRef={parseModelRef(job.model)} />}
    </>
  );
}

/** The loss of a model that is being trained; nothing until it makes a curve. */
function CandidateLoss(props: { modelRef: ModelRef }) {
  const { t } = useTranslationRef(mlModelsTranslationRef);
  const { value: model } = useModel(props.modelRef);
  const iterations = model?.trainingRuns.at(-1)?.iterations ?? [];
  if (iterations.length < 2) return null;
  return (
    <Section title={t('training.candidate')}>
      <LossFigure iterations={iterations} />
    </Section>
  );
}
