import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { AreaHealth } from '@leitstand/plugin-connections-common';
import { SinceTime, StatusChip, type StatusTone } from '@leitstand/plugin-kit-react';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { healthMessages } from '../../healthMessages';
import { connectionsTranslationRef } from '../../translation';
import { AreaLink } from './AreaLink';

const tones = { up: 'ok', degraded: 'warning', down: 'error' } as const satisfies Record<
  AreaHealth['state'],
  StatusTone
>;

type KnownArea = keyof typeof healthMessages.area;
type KnownReason = keyof typeof healthMessages.reason;

/** One area: how it is and since when; when it is not well also why, whom that concerns and what to do. */
export function AreaItem(props: { area: AreaHealth }) {
  const { t } = useTranslationRef(connectionsTranslationRef);
  const { area, state, since, isRequired } = props.area;
  const key = keyOf(area);
  return (
    <Box
      component="li"
      sx={{
        display: 'grid',
        gridTemplateColumns: { xs: '1fr auto', sm: '96px minmax(0, 1fr) auto' },
        gridTemplateAreas: { xs: '"state since" "words words"', sm: '"state words since"' },
        columnGap: 2,
        rowGap: 0.5,
        alignItems: 'start',
        padding: '10px 16px',
      }}
    >
      <Box sx={{ gridArea: 'state' }}>
        <StatusChip tone={tones[state]} label={t(`health.state.${state}`)} />
      </Box>
      <Box sx={{ gridArea: 'words', minWidth: 0 }}>
        <Typography variant="subtitle2" component="h3" sx={{ margin: 0, display: 'inline' }}>
          {t(`health.area.${key}.title`, { area })}
        </Typography>{' '}
        <Typography variant="body2" component="span" color="text.secondary">
          {t(`health.area.${key}.what`)}
          {isRequired && ` · ${t('health.required')}`}
        </Typography>
        {state !== 'up' && <Trouble area={props.area} />}
      </Box>
      <Typography variant="body2" color="text.secondary" sx={{ gridArea: 'since', whiteSpace: 'nowrap' }}>
        <SinceTime time={since} />
      </Typography>
    </Box>
  );
}

function Trouble(props: { area: AreaHealth }) {
  const { t } = useTranslationRef(connectionsTranslationRef);
  const reason = useReason(props.area);
  const key = keyOf(props.area.area);
  return (
    <Box sx={{ display: 'grid', gap: 0.75, marginTop: 0.75, maxWidth: '80ch', overflowWrap: 'anywhere' }}>
      {reason && <Typography variant="body1">{reason}</Typography>}
      <Typography variant="body2">
        <b>{t('health.affects')}</b>
        {': '}
        {t(`health.area.${key}.affects`)}
      </Typography>
      <Typography variant="body2">
        <b>{t('health.advice')}</b>
        {': '}
        {t(`health.area.${key}.advice`)}
      </Typography>
      <AreaLink area={key} />
      <Typography variant="caption" color="text.secondary">
        {t('health.more')}
      </Typography>
    </Box>
  );
}

/** In words; a newer backend may have reasons that this page does not know. */
function useReason({ reason, systems }: AreaHealth): string | undefined {
  const { t } = useTranslationRef(connectionsTranslationRef);
  if (reason === undefined) return undefined;
  if (reason === 'upstreams-failing' && systems) {
    const counts = { failing: String(systems.failingCount), total: String(systems.count) };
    return t('health.reason.upstreams-failing-count', counts);
  }
  return reason in healthMessages.reason
    ? t(`health.reason.${reason as Exclude<KnownReason, 'other' | 'upstreams-failing-count'>}`)
    : t('health.reason.other', { reason });
}

function keyOf(area: string): KnownArea {
  return area in healthMessages.area ? (area as KnownArea) : 'other';
}
