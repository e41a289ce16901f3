import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { formatDuration, RelativeTime, StatusChip, useLocale, type StatusTone } from '@leitstand/plugin-kit-react';
import type { Pod, Schedule } from '@leitstand/plugin-rollouts-common';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableContainer from '@mui/material/TableContainer';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { useLogLink } from '../../hooks/useLogTarget';
import { rolloutsTranslationRef } from '../../translation';
import { Cut } from '../Cut';
import { FirstRows } from '../FirstRows';

type Job = Schedule['jobs'][number];

const tones = {
  running: 'running',
  complete: 'ok',
  failed: 'error',
  suspended: 'paused',
} as const satisfies Record<Job['state'], StatusTone>;

/** Jobs that a CronJob started, newest first, with a way to their logs while their pods are kept. */
export function JobsTable(props: { jobs: Job[]; pods: Pod[] }) {
  const { t } = useTranslationRef(rolloutsTranslationRef);
  return (
    <FirstRows rows={props.jobs}>
      {rows => (
        <TableContainer>
          <Table aria-label={t('schedule.jobs')} sx={{ tableLayout: 'fixed', minWidth: 720 }}>
            <TableHead>
              <TableRow>
                <TableCell width="28%">{t('schedule.job')}</TableCell>
                <TableCell width={130}>{t('schedule.state')}</TableCell>
                <TableCell width={124}>{t('schedule.started')}</TableCell>
                <TableCell width={90}>{t('schedule.duration')}</TableCell>
                <TableCell>{t('schedule.message')}</TableCell>
                <TableCell width={80}>{t('schedule.logs')}</TableCell>
              </TableRow>
            </TableHead>
            <TableBody>
              {rows.map(job => (
                <JobRow key={job.name} job={job} pod={props.pods.find(pod => pod.name.startsWith(`${job.name}-`))} />
              ))}
            </TableBody>
          </Table>
        </TableContainer>
      )}
    </FirstRows>
  );
}

function JobRow(props: { job: Job; pod: Pod | undefined }) {
  const { t } = useTranslationRef(rolloutsTranslationRef);
  const locale = useLocale();
  const logLink = useLogLink();
  const { name, state, startedAt, finishedAt, message } = props.job;
  const { pod } = props;
  return (
    <TableRow>
      <TableCell>
        <Cut text={name} isCode />
      </TableCell>
      <TableCell>
        <StatusChip tone={tones[state]} label={t(`schedule.states.${state}`)} />
      </TableCell>
      <TableCell>{startedAt && <RelativeTime time={startedAt} />}</TableCell>
      <TableCell>
        {startedAt && finishedAt && formatDuration(Date.parse(finishedAt) - Date.parse(startedAt), locale)}
      </TableCell>
      <TableCell sx={{ overflowWrap: 'anywhere' }}>{message}</TableCell>
      <TableCell>
        {pod && (
          <Link to={logLink({ pod: pod.name, isPrevious: false })} aria-label={t('pod.logsOf', { pod: pod.name })}>
            {t('schedule.logs')}
          </Link>
        )}
      </TableCell>
    </TableRow>
  );
}
