import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { ClearFiltersButton, EmptyState } from '@leitstand/plugin-kit-react';
import type { WorkloadList } from '@leitstand/plugin-rollouts-common';
import CheckCircleOutlineIcon from '@mui/icons-material/CheckCircleOutline';
import { fleetTranslationRef } from '../../fleetTranslation';
import { formatFleetFilter, type FleetFilter } from '../../model/fleetFilter';

/** Why there is no row, and the way to some. */
export function FleetEmpty(props: {
  list: WorkloadList;
  filter: FleetFilter;
  onChange: (filter: FleetFilter) => void;
}) {
  const { t } = useTranslationRef(fleetTranslationRef);
  const { list, filter } = props;
  const active = formatFleetFilter(filter);
  const clear = <ClearFiltersButton variant="outlined" onClick={() => props.onChange({})} />;
  if (list.clusters.length === 0) {
    return <EmptyState title={t('workloads.noCluster')} advice={t('workloads.noClusterAdvice')} />;
  }
  if (active.size === 0) return <EmptyState title={t('workloads.empty')} advice={t('workloads.emptyAdvice')} />;
  if (filter.isProblemsOnly && active.size === 1) {
    return (
      <EmptyState
        icon={<CheckCircleOutlineIcon color="success" />}
        title={t('workloads.noProblem')}
        advice={t('workloads.noProblemAdvice')}
        action={clear}
      />
    );
  }
  return <EmptyState title={t('workloads.nothingFits')} advice={t('workloads.nothingFitsAdvice')} action={clear} />;
}
