import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { EmptyState } from '@leitstand/plugin-kit-react';
import CheckCircleOutlineIcon from '@mui/icons-material/CheckCircleOutline';
import type { Broken } from '../../hooks/useBroken';
import { rolloutsTranslationRef } from '../../translation';

/** Good news only as far as it is known: a cluster that is not read, or not now, may hide anything. */
export function NothingBroken(props: { broken: Broken }) {
  const { t } = useTranslationRef(rolloutsTranslationRef);
  const { clusters, notRead, watchedCount } = props.broken;
  if (clusters.length === 0) return <EmptyState title={t('broken.noCluster')} advice={t('broken.noClusterAdvice')} />;
  const isAllKnown = notRead.length === 0 && clusters.every(cluster => !cluster.isStale);
  return (
    <EmptyState
      icon={isAllKnown ? <CheckCircleOutlineIcon color="success" /> : undefined}
      title={isAllKnown ? t('broken.healthy') : t('broken.healthyAsFarAsKnown')}
      advice={t('broken.counts', { workloads: String(watchedCount), clusters: String(clusters.length) })}
    />
  );
}
