import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { EmptyState, Fact, FactList, RelativeTime, StatusChip } from '@leitstand/plugin-kit-react';
import type { Pod, Schedule } from '@leitstand/plugin-rollouts-common';
import Box from '@mui/material/Box';
import { rolloutsTranslationRef } from '../../translation';
import { JobsTable } from './JobsTable';

/** When a CronJob runs, and how its jobs went. */
export function ScheduleView(props: { schedule: Schedule; pods: Pod[] }) {
  const { t } = useTranslationRef(rolloutsTranslationRef);
  const { cron, timeZone, isSuspended, lastScheduledAt, lastSuccessfulAt, jobs } = props.schedule;
  const timeOf = (time: string | undefined) => (time ? <RelativeTime time={time} /> : t('schedule.never'));
  return (
    <>
      <Box sx={{ padding: 2 }}>
        <FactList>
          <Fact term={t('schedule.cron')}>
            <Box component="code" sx={{ fontFamily: 'var(--bui-font-monospace)' }}>
              {cron}
            </Box>
            <div>{timeZone ? t('schedule.zone', { zone: timeZone }) : t('schedule.clusterZone')}</div>
            {isSuspended && <StatusChip tone="paused" label={t('schedule.suspended')} />}
          </Fact>
          <Fact term={t('schedule.last')}>{timeOf(lastScheduledAt)}</Fact>
          <Fact term={t('schedule.lastSuccess')}>{timeOf(lastSuccessfulAt)}</Fact>
        </FactList>
      </Box>
      {jobs.length > 0 ? (
        <JobsTable jobs={jobs} pods={props.pods} />
      ) : (
        <EmptyState title={t('schedule.empty')} advice={t('schedule.emptyAdvice')} />
      )}
    </>
  );
}
