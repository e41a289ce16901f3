import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { HomeCard, StaleBanner } from '@leitstand/plugin-kit-react';
import { useAvailableOperations } from '@leitstand/plugin-operations-react';
import { ROLLBACK_OPERATION, type Workload } from '@leitstand/plugin-rollouts-common';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import { rolloutsTranslationRef } from '../../translation';
import { EventsTable } from './EventsTable';
import { PodsTable } from './PodsTable';
import { RevisionsTable } from './RevisionsTable';
import { WorkloadHeader } from './WorkloadHeader';

/** A workload from the verdict to the details: health and what to do, what changed, its pods, its events. */
export function WorkloadView(props: { workload: Workload; entityRef: string; isLive: boolean }) {
  const { t } = useTranslationRef(rolloutsTranslationRef);
  const { workload, entityRef, isLive } = props;
  const { value, error, reload } = useAvailableOperations(entityRef);
  const operation = value?.find(candidate => candidate.operation === ROLLBACK_OPERATION);
  const rollback = { operation, entityRef, isKnown: value !== undefined, onFinished: reload };
  return (
    <Box sx={{ display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: 2 }}>
      {workload.freshness.isStale && (
        <StaleBanner observedAt={workload.freshness.observedAt} reason={workload.freshness.problem?.message} />
      )}
      {!isLive && !workload.freshness.isStale && (
        <Alert severity="info" role="status">
          {t('workload.noLive')}
        </Alert>
      )}
      {error !== undefined && (
        <Alert severity="warning" role="status">
          {t('revision.operationsFailed')}
        </Alert>
      )}
      <WorkloadHeader workload={workload} rollback={rollback} />
      <HomeCard title={t('revision.title')}>
        <RevisionsTable revisions={workload.revisions} rollback={rollback} />
      </HomeCard>
      <HomeCard title={t('pod.title')}>
        <PodsTable pods={workload.pods} />
      </HomeCard>
      <HomeCard title={t('event.title')}>
        <EventsTable events={workload.events} />
      </HomeCard>
    </Box>
  );
}
