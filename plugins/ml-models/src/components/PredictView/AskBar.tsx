import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { useErrorReason } from '@leitstand/plugin-kit-react';
import type { Model } from '@leitstand/plugin-ml-models-common';
import { CopyLinkButton } from '@leitstand/plugin-operations-react';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useLocation } from 'react-router-dom';
import { useEstimate } from '../../hooks/useEstimate';
import { useFormats } from '../../hooks/useFormats';
import { maxTableInAddress, questionFormat, type Question, type ReadQuestion } from '../../model/question';
import { mlModelsTranslationRef } from '../../translation';

/** The button that asks, and beside it what that will read and cost at most. */
export function AskBar(props: { model: Model; question: Question; read: ReadQuestion; isAsking: boolean }) {
  const { t } = useTranslationRef(mlModelsTranslationRef);
  const { pathname } = useLocation();
  const { model, question, read, isAsking } = props;
  const isTooLong = question.table.length > maxTableInAddress;
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 2, alignItems: 'center' }}>
      <Button type="submit" variant="contained" disabled={!read.rows || isAsking}>
        {question.mode === 'many' && read.rows ? t('predict.askMany', { count: read.rows.length }) : t('predict.ask')}
      </Button>
      <EstimateText model={model} question={question} read={read} />
      <Box sx={{ flexGrow: 1 }} />
      <CopyLinkButton path={`${pathname}?${questionFormat.format(question).toString()}`} />
      {isTooLong && (
        <Typography variant="caption" color="text.secondary" sx={{ flexBasis: '100%' }}>
          {t('predict.notInLink')}
        </Typography>
      )}
    </Box>
  );
}

function EstimateText(props: { model: Model; question: Question; read: ReadQuestion }) {
  const { t } = useTranslationRef(mlModelsTranslationRef);
  const formats = useFormats();
  const { model, question, read } = props;
  const { value, error, isLoading } = useEstimate({
    ref: model.ref,
    rows: read.rows,
    isExplained: question.isExplained,
  });
  const failure = useErrorReason(error);
  const text = () => {
    if (!read.rows) return t(question.mode === 'one' ? 'predict.fillIn' : 'predict.fillInTable');
    if (failure !== undefined) return t('predict.noEstimate', { reason: failure });
    if (isLoading || !value) return t('predict.estimating');
    const words = { bytes: formats.bytes(value.bytesProcessed), limit: formats.bytes(value.maximumBytesBilled) };
    return value.cost
      ? t('predict.estimateCost', { ...words, cost: formats.cost(value.cost) })
      : t('predict.estimate', words);
  };
  return (
    <Typography role="status" variant="body2" color="text.secondary" sx={{ flex: '1 1 220px' }}>
      {text()}
    </Typography>
  );
}
