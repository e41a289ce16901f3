import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { EmptyState, NotLiveAlert, StaleBanner } from '@leitstand/plugin-kit-react';
import { formatModelRef, type Model } from '@leitstand/plugin-ml-models-common';
import Box from '@mui/material/Box';
import type { ReactNode } from 'react';
import { Route, Routes, useLocation } from 'react-router-dom';
import { useModelOperations } from '../../hooks/useModelOperations';
import { useTrainingJob } from '../../hooks/useTrainingJob';
import type { ModelViewName } from '../../routes';
import { mlModelsTranslationRef } from '../../translation';
import { EvaluationView } from '../EvaluationView';
import { FeaturesView } from '../FeaturesView';
import { OverviewView } from '../OverviewView';
import { PredictView } from '../PredictView';
import { ServingView } from '../ServingView';
import { TrainingView } from '../TrainingView';
import { ModelHeader } from './ModelHeader';
import { ModelNavigation } from './ModelNavigation';

/** What is shown of a model. */
interface ModelViewProps {
  model: Model;
  entityRef: string;
  isLive: boolean;
  /** Why there is nothing newer. */
  error: unknown;
  onChanged: () => void;
}

/** The verdict on a model, what can be done, and its views, each at its own address. */
export function ModelView(props: ModelViewProps) {
  const { t } = useTranslationRef(mlModelsTranslationRef);
  const { model, entityRef, isLive, error } = props;
  const { freshness } = model;
  const { pathname } = useLocation();
  const operations = useModelOperations(entityRef);
  const trainingJob = useTrainingJob(formatModelRef(model.ref), { isWatched: pathname.endsWith('/training') });
  const views: Record<ModelViewName, ReactNode> = {
    overview: <OverviewView model={model} entityRef={entityRef} />,
    predict: <PredictView model={model} />,
    evaluation: <EvaluationView model={model} entityRef={entityRef} />,
    training: <TrainingView model={model} operations={operations} trainingJob={trainingJob} />,
    features: <FeaturesView model={model} />,
    serving: <ServingView model={model} />,
  };
  const asks = (view: ModelViewName) => view === 'predict' || view === 'serving';
  const contentOf = (view: ModelViewName) =>
    asks(view) && !model.isKnownType ? (
      <EmptyState title={t('model.readOnly', { type: model.type })} advice={t('model.readOnlyAdvice')} />
    ) : (
      views[view]
    );
  return (
    <Box sx={{ display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: 2 }}>
      {freshness.staleBecause && (
        <StaleBanner observedAt={freshness.observedAt} reason={freshness.staleBecause.message} />
      )}
      {!isLive && !freshness.staleBecause && <NotLiveAlert error={error} />}
      <ModelHeader
        model={model}
        operations={operations}
        isTraining={trainingJob !== undefined}
        onChanged={props.onChanged}
      />
      <ModelNavigation entityRef={entityRef} isKnownType={model.isKnownType} />
      <Routes>
        {(Object.keys(views) as ModelViewName[]).map(view => (
          <Route key={view} path={view === 'overview' ? '*' : view} element={contentOf(view)} />
        ))}
      </Routes>
    </Box>
  );
}
