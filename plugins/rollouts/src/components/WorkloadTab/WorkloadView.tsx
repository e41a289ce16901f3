import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { HomeCard, NotLiveAlert, StaleBanner } from '@leitstand/plugin-kit-react';
import { EntityFreezes } from '@leitstand/plugin-operations-react';
import { ROLLBACK_OPERATION, type Workload } from '@leitstand/plugin-rollouts-common';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import { rolloutsTranslationRef } from '../../translation';
import { useWorkloadOperations, WorkloadOperationsProvider } from '../WorkloadActions';
import { MissingParts } from './MissingParts';
import { PageSections } from './PageSections';
import { useWorkloadSections } from './useWorkloadSections';
import { WorkloadHeader } from './WorkloadHeader';

/** What is shown of a workload. */
interface WorkloadViewProps {
  workload: Workload;
  entityRef: string;
  isLive: boolean;
  /** Why there is nothing newer. */
  error: unknown;
}

/** A workload from the verdict to the details: health and what to do, its pods and logs, what changed, what is around it. */
export function WorkloadView(props: WorkloadViewProps) {
  return (
    <WorkloadOperationsProvider entityRef={props.entityRef}>
      <WorkloadParts {...props} />
    </WorkloadOperationsProvider>
  );
}

function WorkloadParts(props: WorkloadViewProps) {
  const { t } = useTranslationRef(rolloutsTranslationRef);
  const { workload, entityRef, isLive, error } = props;
  const operations = useWorkloadOperations();
  const rollback = {
    operation: operations?.find(ROLLBACK_OPERATION),
    entityRef,
    isKnown: operations?.isKnown ?? false,
    onFinished: () => operations?.reload(),
  };
  const sections = useWorkloadSections(workload, rollback);
  return (
    <Box sx={{ display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: 2 }}>
      {workload.freshness.isStale && (
        <StaleBanner observedAt={workload.freshness.observedAt} reason={workload.freshness.problem?.message} />
      )}
      {!isLive && !workload.freshness.isStale && <NotLiveAlert error={error} />}
      {operations?.error !== undefined && (
        <Alert severity="warning" role="status">
          {t('revision.operationsFailed')}
        </Alert>
      )}
      <EntityFreezes entityRef={entityRef} isActiveOnly />
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
