import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { HealthBadge, useLocale } from '@leitstand/plugin-kit-react';
import type { WorkloadList } from '@leitstand/plugin-rollouts-common';
import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import Typography from '@mui/material/Typography';
import { fleetTranslationRef } from '../../fleetTranslation';
import type { FleetFilter } from '../../model/fleetFilter';

const worstFirst = ['failed', 'degraded', 'progressing', 'paused', 'scaled-to-zero', 'healthy'] as const;

/** How many there are of each health, each a switch for its own filter; and how many the list has. */
export function FleetCounts(props: {
  filter: FleetFilter;
  list: WorkloadList;
  onChange: (filter: FleetFilter) => void;
}) {
  const { t } = useTranslationRef(fleetTranslationRef);
  const format = new Intl.NumberFormat(useLocale());
  const { filter, list, onChange } = props;
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'center', justifyContent: 'space-between' }}>
      <Box role="group" aria-label={t('filter.health')} sx={{ display: 'flex', flexWrap: 'wrap', gap: 1 }}>
        {worstFirst
          .filter(state => (list.healthCounts[state] ?? 0) > 0 || filter.health === state)
          .map(state => (
            <ButtonBase
              key={state}
              aria-pressed={filter.health === state}
              onClick={() => onChange({ ...filter, health: filter.health === state ? undefined : state })}
              sx={{
                gap: 0.75,
                padding: '3px 8px 3px 4px',
                border: 1,
                borderRadius: 1,
                borderColor: filter.health === state ? 'primary.main' : 'divider',
                backgroundColor: filter.health === state ? 'action.selected' : 'background.paper',
                fontSize: 13,
                fontWeight: 600,
                fontVariantNumeric: 'tabular-nums',
                '&:hover': { borderColor: 'primary.main' },
              }}
            >
              <HealthBadge state={state} /> {format.format(list.healthCounts[state] ?? 0)}
            </ButtonBase>
          ))}
      </Box>
      <Typography role="status" variant="body2" color="text.secondary">
        {t('workloads.count', { count: list.totalCount })}
        {list.items.length < list.totalCount && `, ${t('workloads.loaded', { loaded: String(list.items.length) })}`}
      </Typography>
    </Box>
  );
}
