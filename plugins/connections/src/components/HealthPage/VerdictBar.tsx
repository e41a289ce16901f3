import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { PortalHealth } from '@leitstand/plugin-connections-common';
import { RelativeTime, StatusChip, type StatusTone } from '@leitstand/plugin-kit-react';
import RefreshIcon from '@mui/icons-material/Refresh';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { countProblems } from '../../model/portalHealth';
import { connectionsTranslationRef } from '../../translation';

/** The whole page in one line, of when it is, and the way to look again. */
export function VerdictBar(props: { health: PortalHealth; onRefresh: () => void }) {
  const { t } = useTranslationRef(connectionsTranslationRef);
  const { health, onRefresh } = props;
  const { tone, words } = useVerdict(health);
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', justifyContent: 'space-between', gap: 1.5 }}>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: 1.5, rowGap: 0.5 }}>
        <Box role="status">
          <StatusChip tone={tone} label={words} />
        </Box>
        <Typography variant="body2" color="text.secondary">
          {t('health.asOf')} <RelativeTime time={health.observedAt} />
        </Typography>
      </Box>
      <Button variant="outlined" size="small" startIcon={<RefreshIcon />} onClick={onRefresh}>
        {t('health.refresh')}
      </Button>
    </Box>
  );
}

function useVerdict(health: PortalHealth): { tone: StatusTone; words: string } {
  const { t } = useTranslationRef(connectionsTranslationRef);
  const count = countProblems(health);
  if (health.areas.some(({ state, isRequired }) => isRequired && state === 'down')) {
    return { tone: 'error', words: t('health.verdict.down') };
  }
  if (count === 0) return { tone: 'ok', words: t('health.verdict.well') };
  const isDown = health.areas.some(({ state }) => state === 'down');
  return { tone: isDown ? 'error' : 'warning', words: t('health.verdict.problems', { count }) };
}
