import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { PortalHealth } from '@leitstand/plugin-connections-common';
import { HomeCard, RelativeTime, StatusChip } from '@leitstand/plugin-kit-react';
import Box from '@mui/material/Box';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableContainer from '@mui/material/TableContainer';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { connectionsTranslationRef } from '../../translation';

/** Who shares the database, as far as leases say. */
export function ProcessesCard(props: { health: PortalHealth }) {
  const { t } = useTranslationRef(connectionsTranslationRef);
  const { processes, process: self } = props.health;
  const title = t('health.processes.title');
  return (
    <HomeCard title={title}>
      <TableContainer tabIndex={0}>
        <Table size="small" aria-label={title} sx={{ minWidth: 640 }}>
          <TableHead>
            <TableRow>
              <TableCell>{t('health.processes.name')}</TableCell>
              <TableCell>{t('health.processes.version')}</TableCell>
              <TableCell>{t('health.processes.since')}</TableCell>
              <TableCell>{t('health.processes.runs')}</TableCell>
              <TableCell>{t('health.processes.writes')}</TableCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {processes.map(({ name, runCount, writes }) => (
              <TableRow key={name}>
                <TableCell sx={{ overflowWrap: 'anywhere' }}>
                  <Box component="span" sx={{ fontFamily: 'var(--bui-font-monospace)', fontSize: 12 }}>
                    {name}
                  </Box>{' '}
                  {name === self.name && <StatusChip tone="info" label={t('health.processes.isThis')} />}
                </TableCell>
                <TableCell>{name === self.name ? self.version : t('health.processes.unknown')}</TableCell>
                <TableCell>
                  {name === self.name ? <RelativeTime time={self.startedAt} /> : t('health.processes.unknown')}
                </TableCell>
                <TableCell sx={{ fontVariantNumeric: 'tabular-nums' }}>{runCount}</TableCell>
                <TableCell>{writes.join(', ') || t('health.processes.nothing')}</TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </TableContainer>
      <Typography variant="caption" component="p" color="text.secondary" sx={{ padding: '8px 16px' }}>
        {t('health.processes.note')}
      </Typography>
    </HomeCard>
  );
}
