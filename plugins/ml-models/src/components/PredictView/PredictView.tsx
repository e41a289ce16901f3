import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { ErrorState, LoadingState, useErrorReason } from '@leitstand/plugin-kit-react';
import type { Model, Predictions, PredictRequest } from '@leitstand/plugin-ml-models-common';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useCallback, useState } from 'react';
import { mlModelsApiRef } from '../../api';
import { useAnswer, type Answer } from '../../hooks/useAnswer';
import { useDraftInAddress } from '../../hooks/useDraftInAddress';
import { useFeatures } from '../../hooks/useFeatures';
import { questionFormat, questionOf, readQuestion } from '../../model/question';
import { mlModelsTranslationRef } from '../../translation';
import { Section } from '../Section';
import { AnswerView } from './AnswerView';
import { QuestionForm } from './QuestionForm';
import { RecentPredictionsList } from './RecentPredictionsList';

/** Asking the model: a form made from its features, what it will bill, the answer, and what was asked before. */
export function PredictView(props: { model: Model }) {
  const { t } = useTranslationRef(mlModelsTranslationRef);
  const { model } = props;
  const models = useApi(mlModelsApiRef);
  const features = useFeatures(model);
  const [question, change] = useDraftInAddress(questionFormat);
  const [answeredCount, setAnsweredCount] = useState(0);
  const load = useCallback(
    async (request: PredictRequest, signal: AbortSignal) => {
      const answer = await models.predict(model.ref, request, { signal });
      setAnsweredCount(count => count + 1);
      return answer;
    },
    [models, model.ref],
  );
  const featuresFailure = useErrorReason(features.error);
  const answer = useAnswer(load);
  const read = readQuestion(question, model.features);
  const isBinary = model.trainingRuns.at(-1)?.evaluation.kind === 'binary';
  const request: PredictRequest | undefined = read.rows && {
    rows: read.rows,
    explain: question.isExplained,
    ...(isBinary && question.threshold !== undefined && { threshold: question.threshold }),
  };
  return (
    <Box
      sx={{
        display: 'grid',
        gap: 2,
        alignItems: 'start',
        gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'minmax(0, 5fr) minmax(0, 6fr)' },
      }}
    >
      <Section title={t('predict.question')}>
        {featuresFailure !== undefined && (
          <Alert severity="info" role="status">
            {t('predict.noStatistics', { reason: featuresFailure })}
          </Alert>
        )}
        <QuestionForm
          model={model}
          features={features.value}
          isBinary={isBinary}
          question={question}
          read={read}
          isAsking={answer.state === 'running'}
          onChange={change}
          onAsk={() => request && answer.ask(request)}
        />
      </Section>
      <Box sx={{ display: 'grid', gap: 2, alignContent: 'start', gridTemplateColumns: 'minmax(0, 1fr)' }}>
        <Section title={t('predict.answer')}>
          <AnswerState answer={answer} request={request} model={model} />
        </Section>
        <RecentPredictionsList
          model={model}
          version={answeredCount}
          onAskAgain={rows => change({ ...questionOf(rows, model.features) })}
        />
      </Box>
    </Box>
  );
}

function AnswerState(props: {
  answer: Answer<PredictRequest, Predictions>;
  request: PredictRequest | undefined;
  model: Model;
}) {
  const { t } = useTranslationRef(mlModelsTranslationRef);
  const { answer, request, model } = props;
  if (answer.state === 'none') {
    return (
      <Typography variant="body2" color="text.secondary">
        {t('predict.notAsked')}
      </Typography>
    );
  }
  if (answer.state === 'running') return <LoadingState lines={4} label={t('predict.asking')} />;
  if (answer.state === 'failed' || !answer.value) {
    return <ErrorState error={answer.error} onRetry={() => answer.request && answer.ask(answer.request)} />;
  }
  const isOfAnother = request !== undefined && JSON.stringify(request) !== JSON.stringify(answer.request);
  return (
    <>
      {isOfAnother && (
        <Alert severity="info" role="status">
          {t('predict.isOfAnother')}
        </Alert>
      )}
      <AnswerView answer={answer.value} model={model} />
    </>
  );
}
