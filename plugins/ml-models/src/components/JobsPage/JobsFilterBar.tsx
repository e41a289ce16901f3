import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { FilterSelect } from '@leitstand/plugin-kit-react';
import type { UsageReport } from '@leitstand/plugin-ml-models-common';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { isJobState, jobFilterFormat, type JobFilter } from '../../model/jobFilter';
import { mlModelsTranslationRef } from '../../translation';

/** Month, user, model and state. */
export function JobsFilterBar(props: {
  filter: JobFilter;
  usage: UsageReport | undefined;
  /** That can be chosen, newest first. */
  months: string[];
  onChange: (filter: JobFilter) => void;
}) {
  const { t } = useTranslationRef(mlModelsTranslationRef);
  const { filter, usage, months, onChange } = props;
  return (
    <Box
      role="group"
      aria-label={t('filter.label')}
      sx={{ display: 'flex', flexWrap: 'wrap', gap: 2, alignItems: 'center', paddingTop: 1 }}
    >
      <FilterSelect
        label={t('filter.month')}
        anyLabel={t('filter.thisMonth')}
        value={filter.month}
        options={months}
        onChange={month => onChange({ ...filter, month })}
      />
      <FilterSelect
        label={t('filter.user')}
        anyLabel={t('filter.anyUser')}
        value={filter.user}
        options={usage?.byUser.map(({ key }) => key) ?? []}
        onChange={user => onChange({ ...filter, user })}
      />
      <FilterSelect
        label={t('filter.model')}
        anyLabel={t('filter.anyModel')}
        value={filter.model}
        options={usage?.byModel.map(({ key }) => key) ?? []}
        onChange={model => onChange({ ...filter, model })}
      />
      <TextField
        select
        size="small"
        label={t('filter.state')}
        value={filter.state ?? ''}
        onChange={event =>
          onChange({ ...filter, state: isJobState(event.target.value) ? event.target.value : undefined })
        }
        InputLabelProps={{ shrink: true }}
        SelectProps={{ displayEmpty: true }}
        sx={{ minWidth: 140 }}
      >
        <MenuItem value="">{t('filter.anyState')}</MenuItem>
        {(['running', 'failed', 'done'] as const).map(state => (
          <MenuItem key={state} value={state}>
            {t(`job.states.${state}`)}
          </MenuItem>
        ))}
      </TextField>
      {jobFilterFormat.format(filter).size > 0 && (
        <Button size="small" onClick={() => onChange({})}>
          {t('filter.clear')}
        </Button>
      )}
    </Box>
  );
}
