import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { EmptyState } from '@leitstand/plugin-kit-react';
import { formatModelRef, type Job, type Model } from '@leitstand/plugin-ml-models-common';
import Box from '@mui/material/Box';
import { useSearchParams } from 'react-router-dom';
import type { ModelOperations } from '../../hooks/useModelOperations';
import { mlModelsTranslationRef } from '../../translation';
import { OptionsTable } from './OptionsTable';
import { RunningTraining } from './RunningTraining';
import { TrainingJobs } from './TrainingJobs';
import { TrainingRunPicker } from './TrainingRunPicker';
import { TrainingRunSection } from './TrainingRunSection';

/** How the model was trained, live while it is; with which options, and when before. */
export function TrainingView(props: { model: Model; operations: ModelOperations; trainingJob: Job | undefined }) {
  const { t } = useTranslationRef(mlModelsTranslationRef);
  const [params] = useSearchParams();
  const { model, operations, trainingJob } = props;
  const { trainingRuns } = model;
  const asked = Number(params.get('run') ?? Number.NaN);
  const position = trainingRuns[asked - 1] ? asked : trainingRuns.length;
  const run = trainingRuns.at(position - 1);
  return (
    <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: 'minmax(0, 1fr)' }}>
      {trainingJob && <RunningTraining job={trainingJob} operations={operations} model={formatModelRef(model.ref)} />}
      {trainingRuns.length > 1 && <TrainingRunPicker runs={trainingRuns} position={position} />}
      {run ? (
        <>
          <TrainingRunSection run={run} />
          <OptionsTable options={run.options} />
        </>
      ) : (
        <EmptyState title={t('training.none')} advice={t('training.noneAdvice')} />
      )}
      <TrainingJobs model={model} operations={operations} />
    </Box>
  );
}
