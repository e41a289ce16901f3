import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { EmptyState, ErrorState, HomeCard, LoadingState } from '@leitstand/plugin-kit-react';
import CheckCircleOutlineIcon from '@mui/icons-material/CheckCircleOutline';
import { clusterTranslationRef } from '../../clusterTranslation';
import { useClusterTrouble } from '../../hooks/useClusterTrouble';
import { useFleetLink } from '../../routes';
import { BrokenTable } from '../BrokenCard/BrokenTable';

/** The worst workloads of a cluster, and the way to all of them. */
export function TroubleCard(props: { cluster: string }) {
  const { t } = useTranslationRef(clusterTranslationRef);
  const fleetLink = useFleetLink();
  const { cluster } = props;
  const { value, error, reload } = useClusterTrouble(cluster);
  const isCut = value !== undefined && value.totalCount > value.items.length;
  return (
    <HomeCard
      title={t('trouble.title')}
      action={
        <Link to={fleetLink({ cluster, isProblemsOnly: isCut || undefined })}>
          {isCut ? t('trouble.more', { problems: String(value.totalCount) }) : t('trouble.all')}
        </Link>
      }
    >
      {!value && error === undefined && <LoadingState />}
      {!value && error !== undefined && <ErrorState error={error} onRetry={reload} />}
      {value && value.items.length > 0 && <BrokenTable workloads={value.items} label={t('trouble.title')} />}
      {value && value.items.length === 0 && (
        <EmptyState icon={<CheckCircleOutlineIcon color="success" />} title={t('trouble.none')} />
      )}
    </HomeCard>
  );
}
