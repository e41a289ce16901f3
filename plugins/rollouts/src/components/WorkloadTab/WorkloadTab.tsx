import { stringifyEntityRef } from '@backstage/catalog-model';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { useEntity } from '@backstage/plugin-catalog-react';
import { EmptyState, ErrorState, LoadingState } from '@leitstand/plugin-kit-react';
import { workloadRefOf, type WorkloadRef } from '@leitstand/plugin-rollouts-common';
import { useWorkload } from '../../hooks/useWorkload';
import { rolloutsTranslationRef } from '../../translation';
import { WorkloadView } from './WorkloadView';

/** How the workload of the page's entity is, and what can be done about it. */
export function WorkloadTab() {
  const { t } = useTranslationRef(rolloutsTranslationRef);
  const { entity } = useEntity();
  const ref = workloadRefOf(entity);
  if (!ref) return <EmptyState title={t('workload.notAnnotated')} advice={t('workload.notAnnotatedAdvice')} />;
  return <FollowedWorkloadView workloadRef={ref} entityRef={stringifyEntityRef(entity)} />;
}

function FollowedWorkloadView(props: { workloadRef: WorkloadRef; entityRef: string }) {
  const { value: workload, error, isLive, reload } = useWorkload(props.workloadRef);
  if (!workload)
    return error === undefined ? <LoadingState lines={12} /> : <ErrorState error={error} onRetry={reload} />;
  return <WorkloadView workload={workload} entityRef={props.entityRef} isLive={isLive} error={error} />;
}
