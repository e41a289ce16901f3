import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { formatAbsoluteTime, useLocale } from '@leitstand/plugin-kit-react';
import type { TrainingRun } from '@leitstand/plugin-ml-models-common';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useSearchParams } from 'react-router-dom';
import { mlModelsTranslationRef } from '../../translation';

/** Chooses one of several trainings; the choice is in the address. */
export function TrainingRunPicker(props: {
  runs: TrainingRun[];
  /** Counted from 1. */
  position: number;
}) {
  const { t } = useTranslationRef(mlModelsTranslationRef);
  const locale = useLocale();
  const [, setParams] = useSearchParams();
  const { runs, position } = props;
  return (
    <TextField
      select
      size="small"
      label={t('training.run')}
      value={position}
      onChange={event => setParams({ run: event.target.value }, { replace: true })}
      sx={{ maxWidth: 360 }}
    >
      {runs.map(({ startedAt }, index) => (
        <MenuItem key={index} value={index + 1}>
          {startedAt
            ? t('training.runAt', {
                number: String(index + 1),
                at: formatAbsoluteTime(new Date(startedAt), { locale }),
              })
            : t('training.runNumber', { number: String(index + 1) })}
        </MenuItem>
      ))}
    </TextField>
  );
}
