import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { describeError, ErrorState, HomeCard, LoadingState } from '@leitstand/plugin-kit-react';
import { formatModelRef, type Model } from '@leitstand/plugin-ml-models-common';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useJobs } from '../../hooks/useJobs';
import type { ModelOperations } from '../../hooks/useModelOperations';
import { mlModelsTranslationRef } from '../../translation';
import { JobsTable } from '../JobsPage';

/** Most that can be asked for at once: trainings are few among the predictions. */
const jobCount = 200;

/** The trainings of this month as jobs: who started them, what they cost, what went wrong. */
export function TrainingJobs(props: { model: Model; operations: ModelOperations }) {
  const { t } = useTranslationRef(mlModelsTranslationRef);
  const { model, operations } = props;
  const { value, error, reload } = useJobs({ model: formatModelRef(model.ref), limit: jobCount });
  const trainings = value?.items.filter(({ statementType }) => statementType === 'CREATE_MODEL');
  // Who may not see what jobs cost sees the rest of this page without a complaint in large letters.
  if (error !== undefined && describeError(error).kind === 'forbidden') return null;
  return (
    <HomeCard title={t('training.jobs')}>
      {!trainings && error === undefined && <LoadingState lines={3} />}
      {!trainings && error !== undefined && <ErrorState error={error} onRetry={reload} />}
      {trainings?.length === 0 && (
        <Box sx={{ padding: 2 }}>
          <Typography variant="body2" color="text.secondary">
            {t('training.noJobs')}
          </Typography>
        </Box>
      )}
      {trainings && trainings.length > 0 && <JobsTable jobs={trainings} operationsOf={() => operations} />}
    </HomeCard>
  );
}
