import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { RelativeTime } from '@leitstand/plugin-kit-react';
import type { Job } from '@leitstand/plugin-ml-models-common';
import Alert from '@mui/material/Alert';
import LinearProgress from '@mui/material/LinearProgress';
import type { ModelOperations } from '../../hooks/useModelOperations';
import { mlModelsTranslationRef } from '../../translation';
import { CancelJobButton } from '../CancelJobButton';

/** That a training is under way, since when, by whom; and the way to end it. */
export function RunningTraining(props: { job: Job; operations: ModelOperations }) {
  const { t } = useTranslationRef(mlModelsTranslationRef);
  const { job, operations } = props;
  return (
    <Alert severity="info" role="status" action={<CancelJobButton job={job} operations={operations} />}>
      {t('training.running', { user: job.user })} <RelativeTime time={job.startedAt ?? job.createdAt} />
      <LinearProgress aria-label={t('training.progress')} sx={{ marginTop: 1, width: 260, maxWidth: '100%' }} />
    </Alert>
  );
}
