import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Fact, FactList, RelativeTime, StatusChip } from '@leitstand/plugin-kit-react';
import type { Autoscaler } from '@leitstand/plugin-rollouts-common';
import Box from '@mui/material/Box';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { autoscalerMove, isHealthyCondition } from '../../model/autoscaler';
import { rolloutsTranslationRef } from '../../translation';
import { AutoscalerPicture } from './AutoscalerPicture';

/** What the HorizontalPodAutoscaler does, why, and within which bounds. */
export function AutoscalerView(props: { autoscaler: Autoscaler }) {
  const { t } = useTranslationRef(rolloutsTranslationRef);
  const { autoscaler } = props;
  const { currentReplicas, desiredReplicas, maxReplicas, lastScaleAt, metrics, conditions, name } = autoscaler;
  const move = autoscalerMove(autoscaler);
  return (
    <Box sx={{ display: 'grid', gap: 2, padding: 2 }}>
      <Box>
        <Typography variant="body2">
          {move === 'steady'
            ? t('autoscaler.steady', { replicas: String(currentReplicas) })
            : t(`autoscaler.${move}`, { from: String(currentReplicas), to: String(desiredReplicas) })}
        </Typography>
        {desiredReplicas >= maxReplicas && <Typography variant="body2">{t('autoscaler.atMax')}</Typography>}
      </Box>
      <AutoscalerPicture autoscaler={autoscaler} />
      <FactList>
        <Fact term={t('autoscaler.lastScale')}>
          {lastScaleAt ? <RelativeTime time={lastScaleAt} /> : t('autoscaler.never')}
        </Fact>
        <Fact term={t('autoscaler.title')}>{name}</Fact>
      </FactList>
      {metrics.length > 0 && <MetricsTable metrics={metrics} />}
      {conditions.length > 0 && (
        <Box component="ul" aria-label={t('autoscaler.conditions')} sx={{ margin: 0, padding: 0, listStyle: 'none' }}>
          {conditions.map(condition => (
            <Box component="li" key={condition.type} sx={{ display: 'flex', gap: 1, marginBottom: 0.75 }}>
              <StatusChip tone={isHealthyCondition(condition) ? 'ok' : 'warning'} label={condition.reason} />
              <Typography variant="body2" sx={{ overflowWrap: 'anywhere' }}>
                {condition.message}
              </Typography>
            </Box>
          ))}
        </Box>
      )}
    </Box>
  );
}

function MetricsTable(props: { metrics: Autoscaler['metrics'] }) {
  const { t } = useTranslationRef(rolloutsTranslationRef);
  return (
    <Table aria-label={t('autoscaler.metrics')}>
      <TableHead>
        <TableRow>
          <TableCell>{t('autoscaler.metric')}</TableCell>
          <TableCell>{t('autoscaler.current')}</TableCell>
          <TableCell>{t('autoscaler.target')}</TableCell>
        </TableRow>
      </TableHead>
      <TableBody>
        {props.metrics.map(({ name, current, target }) => (
          <TableRow key={name}>
            <TableCell sx={{ overflowWrap: 'anywhere' }}>{name}</TableCell>
            <TableCell>{current ?? t('autoscaler.unknown')}</TableCell>
            <TableCell>{target}</TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
