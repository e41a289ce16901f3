import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { HomeCard, StaleBanner } from '@leitstand/plugin-kit-react';
import { useAvailableOperations } from '@leitstand/plugin-operations-react';
import { ROLLBACK_OPERATION, type Workload } from '@leitstand/plugin-rollouts-common';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import { rolloutsTranslationRef } from '../../translation';
import { MissingParts } from './MissingParts';
import { PageSections } from './PageSections';
import { useWorkloadSections } from './useWorkloadSections';
import { WorkloadHeader } from './WorkloadHeader';

/** A workload from the verdict to the details: health and what to do, its pods and logs, what changed, what is around it. */
export function WorkloadView(props: { workload: Workload; entityRef: string; isLive: boolean }) {
  const { t } = useTranslationRef(rolloutsTranslationRef);
  const { workload, entityRef, isLive } = props;
  const { value, error, reload } = useAvailableOperations(entityRef);
  const operation = value?.find(candidate => candidate.operation === ROLLBACK_OPERATION);
  const rollback = { operation, entityRef, isKnown: value !== undefined, onFinished: reload };
  const sections = useWorkloadSections(workload, rollback);
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
      <MissingParts missing={workload.missing} />
      <PageSections sections={sections} />
      {sections.map(({ id, title, content }) => (
        <Box key={id} id={id} tabIndex={-1} sx={{ scrollMarginTop: 16, outline: 'none' }}>
          <HomeCard title={title}>{content}</HomeCard>
        </Box>
      ))}
    </Box>
  );
}
