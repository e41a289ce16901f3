import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { EmptyState, ErrorState, HomeCard, LoadingState, StaleBanner } from '@leitstand/plugin-kit-react';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useState } from 'react';
import { useJobs } from '../../hooks/useJobs';
import { jobFilterFormat, type JobFilter } from '../../model/jobFilter';
import { mlModelsTranslationRef } from '../../translation';
import { JobsTable } from './JobsTable';

const firstCount = 50;
/** The most that one answer has. */
const maxCount = 200;

/** The jobs that fit a filter, newest first. */
export function JobsList(props: { filter: JobFilter }) {
  const { t } = useTranslationRef(mlModelsTranslationRef);
  const { filter } = props;
  const key = jobFilterFormat.format(filter).toString();
  const [limit, setLimit] = useState({ key, count: firstCount });
  const count = limit.key === key ? limit.count : firstCount;
  const { value, error, reload } = useJobs({ ...filter, limit: count });
  return (
    <HomeCard title={t('job.title')}>
      {!value && error === undefined && <LoadingState lines={8} />}
      {!value && error !== undefined && <ErrorState error={error} onRetry={reload} />}
      {value?.freshness?.staleBecause && (
        <StaleBanner observedAt={value.freshness.observedAt} reason={value.freshness.staleBecause.message} />
      )}
      {value && error !== undefined && (
        <Alert severity="warning" role="status" sx={{ margin: 1 }}>
          {t('list.refreshFailed')}
        </Alert>
      )}
      {value?.items.length === 0 && <EmptyState title={t('job.none')} advice={t('job.noneAdvice')} />}
      {value && value.items.length > 0 && <JobsTable jobs={value.items} />}
      {value?.nextCursor !== undefined && (
        <Box sx={{ padding: 1 }}>
          {count < maxCount ? (
            <Button size="small" onClick={() => setLimit({ key, count: maxCount })}>
              {t('job.more')}
            </Button>
          ) : (
            <Alert severity="info">{t('job.cut', { limit: String(maxCount) })}</Alert>
          )}
        </Box>
      )}
    </HomeCard>
  );
}
