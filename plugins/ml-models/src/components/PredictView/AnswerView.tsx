import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { saveAsFile } from '@leitstand/plugin-kit-react';
import type { Model, Predictions } from '@leitstand/plugin-ml-models-common';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useFormats } from '../../hooks/useFormats';
import { predictionsToCsv } from '../../model/exportPredictions';
import { mlModelsTranslationRef } from '../../translation';
import { AnswersTable } from './AnswersTable';
import { SingleAnswer } from './SingleAnswer';

/** What the model said, what that cost, and ways to take it along. */
export function AnswerView(props: { answer: Predictions; model: Model }) {
  const { t } = useTranslationRef(mlModelsTranslationRef);
  const { answer, model } = props;
  const { predictions } = answer;
  const name = `${model.ref.model}-predictions`;
  return (
    <>
      {predictions.length === 1 ? (
        <SingleAnswer label={answer.label} prediction={predictions[0]} />
      ) : (
        <AnswersTable label={answer.label} predictions={predictions} />
      )}
      <AnswerFacts answer={answer} />
      <Box sx={{ display: 'flex', gap: 1, flexWrap: 'wrap' }}>
        <Button
          size="small"
          variant="outlined"
          onClick={() => saveAsFile(`${name}.csv`, [predictionsToCsv(answer)], 'text/csv')}
        >
          {t('predict.csv')}
        </Button>
        <Button
          size="small"
          variant="outlined"
          onClick={() => saveAsFile(`${name}.json`, [JSON.stringify(answer, undefined, 2)], 'application/json')}
        >
          {t('predict.json')}
        </Button>
      </Box>
    </>
  );
}

function AnswerFacts(props: { answer: Predictions }) {
  const { t } = useTranslationRef(mlModelsTranslationRef);
  const formats = useFormats();
  const { job, durationMs } = props.answer;
  const words = { duration: formats.duration(durationMs), bytes: formats.bytes(job.bytesBilled), job: job.id };
  return (
    <Typography variant="caption" color="text.secondary" sx={{ overflowWrap: 'anywhere' }}>
      {t(job.isCacheHit ? 'predict.factsCached' : 'predict.facts', words)}
    </Typography>
  );
}
