import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { EmptyState, RelativeTime, StatusChip } from '@leitstand/plugin-kit-react';
import type { WorkloadEvent } from '@leitstand/plugin-rollouts-common';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableContainer from '@mui/material/TableContainer';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { rolloutsTranslationRef } from '../../translation';
import { Cut } from '../Cut';
import { FirstRows } from '../FirstRows';

/** What the cluster says about the Deployment, its ReplicaSets and pods; newest first. */
export function EventsTable(props: { events: WorkloadEvent[] }) {
  const { t } = useTranslationRef(rolloutsTranslationRef);
  if (props.events.length === 0) return <EmptyState title={t('event.empty')} advice={t('event.emptyAdvice')} />;
  return (
    <FirstRows rows={props.events}>
      {rows => (
        <TableContainer>
          <Table aria-label={t('event.title')} sx={{ tableLayout: 'fixed', minWidth: 820 }}>
            <TableHead>
              <TableRow>
                <TableCell width={124}>{t('event.when')}</TableCell>
                <TableCell width="18%">{t('event.reason')}</TableCell>
                <TableCell width="26%">{t('event.object')}</TableCell>
                <TableCell>{t('event.message')}</TableCell>
              </TableRow>
            </TableHead>
            <TableBody>
              {rows.map(event => (
                <EventRow key={`${event.object} ${event.reason} ${event.message}`} event={event} />
              ))}
            </TableBody>
          </Table>
        </TableContainer>
      )}
    </FirstRows>
  );
}

function EventRow(props: { event: WorkloadEvent }) {
  const { t } = useTranslationRef(rolloutsTranslationRef);
  const { type, reason, message, object, count, lastSeen } = props.event;
  return (
    <TableRow>
      <TableCell>
        <RelativeTime time={lastSeen} />
      </TableCell>
      <TableCell>
        {type === 'Normal' ? reason : <StatusChip tone="warning" label={reason} />}
        {count > 1 && (
          <Typography variant="caption" component="div" color="text.secondary">
            {t('event.count', { count })}
          </Typography>
        )}
      </TableCell>
      <TableCell>
        <Cut text={object} isCode />
      </TableCell>
      <TableCell sx={{ overflowWrap: 'anywhere' }}>{message}</TableCell>
    </TableRow>
  );
}
