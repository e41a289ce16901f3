import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { RelativeTime } from '@leitstand/plugin-kit-react';
import { parseModelRef, type Job, type ModelRef } from '@leitstand/plugin-ml-models-common';
import Alert from '@mui/material/Alert';
import LinearProgress from '@mui/material/LinearProgress';
import { useModel } from '../../hooks/useModel';
import type { ModelOperations } from '../../hooks/useModelOperations';
import { mlModelsTranslationRef } from '../../translation';
import { CancelJobButton } from '../CancelJobButton';
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
  return (
    <>
      <Alert severity="info" role="status" action={<CancelJobButton job={job} operations={operations} />}>
        {t('training.running', { user: job.user })} <RelativeTime time={job.startedAt ?? job.createdAt} />
        <LinearProgress aria-label={t('training.progress')} sx={{ marginTop: 1, width: 260, maxWidth: '100%' }} />
      </Alert>
      {job.model !== undefined && job.model !== model && <CandidateLoss modelRef={parseModelRef(job.model)} />}
    </>
  );
}

/** The loss of a model that is being trained; nothing until its first iteration. */
function CandidateLoss(props: { modelRef: ModelRef }) {
  const { model } = useModel(props.modelRef);
  const iterations = model?.trainingRuns.at(-1)?.iterations ?? [];
  return <LossFigure iterations={iterations} />;
}
