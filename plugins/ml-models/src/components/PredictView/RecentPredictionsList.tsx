import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { ErrorState, LoadingState, RelativeTime, useResource } from '@leitstand/plugin-kit-react';
import type { Model, RecentPrediction } from '@leitstand/plugin-ml-models-common';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useCallback, useEffect, useState } from 'react';
import { mlModelsApiRef } from '../../api';
import { useFormats } from '../../hooks/useFormats';
import { mlModelsTranslationRef } from '../../translation';
import { Section } from '../Section';

/** So many are shown until all are asked for. */
const firstCount = 5;

/** What the person asked this model lately; each can be put into the form again. */
export function RecentPredictionsList(props: {
  model: Model;
  /** Another number after each prediction. */
  version: number;
  onAskAgain: (rows: RecentPrediction['rows']) => void;
}) {
  const { t } = useTranslationRef(mlModelsTranslationRef);
  const models = useApi(mlModelsApiRef);
  const { ref } = props.model;
  const { project, dataset, model } = ref;
  const load = useCallback(
    (signal: AbortSignal) => models.listRecentPredictions({ project, dataset, model }, { signal }),
    [models, project, dataset, model],
  );
  const { value, error, reload } = useResource(load);
  const [isWhole, setIsWhole] = useState(false);
  const { version } = props;
  useEffect(() => {
    if (version > 0) reload();
  }, [version, reload]);
  return (
    <Section title={t('predict.recent')}>
      {!value && error === undefined && <LoadingState lines={2} />}
      {!value && error !== undefined && <ErrorState error={error} onRetry={reload} />}
      {value?.length === 0 && (
        <Typography variant="body2" color="text.secondary">
          {t('predict.noRecent')}
        </Typography>
      )}
      {value && value.length > 0 && (
        <Box
          component="ul"
          sx={{
            listStyle: 'none',
            margin: 0,
            padding: 0,
            display: 'grid',
            gap: 1,
            gridTemplateColumns: 'minmax(0, 1fr)',
          }}
        >
          {value.slice(0, isWhole ? undefined : firstCount).map(prediction => (
            <RecentRow key={prediction.id} prediction={prediction} onAskAgain={props.onAskAgain} />
          ))}
        </Box>
      )}
      {value && value.length > firstCount && !isWhole && (
        <div>
          <Button size="small" onClick={() => setIsWhole(true)}>
            {t('predict.showAll', { count: value.length })}
          </Button>
        </div>
      )}
    </Section>
  );
}

function RecentRow(props: { prediction: RecentPrediction; onAskAgain: (rows: RecentPrediction['rows']) => void }) {
  const { t } = useTranslationRef(mlModelsTranslationRef);
  const formats = useFormats();
  const { rows, predicted, createdAt } = props.prediction;
  const [first] = predicted;
  const answer = typeof first === 'number' ? formats.number(first) : String(first ?? '–');
  const asked = Object.entries(rows[0] ?? {})
    .map(([name, value]) => `${name} = ${String(value ?? '–')}`)
    .join(', ');
  const title = rows.length > 1 ? t('predict.recentMany', { count: rows.length }) : asked;
  return (
    <Box component="li" sx={{ display: 'flex', gap: 2, alignItems: 'center', justifyContent: 'space-between' }}>
      <Box sx={{ minWidth: 0 }}>
        <Typography variant="body2" sx={{ overflow: 'hidden', textOverflow: 'ellipsis' }} noWrap title={title}>
          {rows.length === 1 && <strong>{answer}</strong>} {title}
        </Typography>
        <Typography variant="caption" color="text.secondary">
          <RelativeTime time={createdAt} />
        </Typography>
      </Box>
      <Button size="small" onClick={() => props.onAskAgain(rows)} aria-label={t('predict.againLabel', { title })}>
        {t('predict.again')}
      </Button>
    </Box>
  );
}
