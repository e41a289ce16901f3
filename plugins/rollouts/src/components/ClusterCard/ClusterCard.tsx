import { stringifyEntityRef } from '@backstage/catalog-model';
import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { useEntity } from '@backstage/plugin-catalog-react';
import { ErrorState, HomeCard, LoadingState, StaleBanner } from '@leitstand/plugin-kit-react';
import { ANNOTATION_CLUSTER, type Cluster } from '@leitstand/plugin-rollouts-common';
import { clusterTranslationRef } from '../../clusterTranslation';
import { useCluster } from '../../hooks/useCluster';
import { useClusterLink } from '../../routes';
import { CapacityPictures } from '../ClusterPage/CapacityPictures';
import { ClusterFacts } from '../ClusterPage/ClusterFacts';

/** How the entity's cluster is, in a few lines; the rest is on its tab. */
export function ClusterCard() {
  const { t } = useTranslationRef(clusterTranslationRef);
  const { entity } = useEntity();
  const clusterLink = useClusterLink();
  const name = entity.metadata.annotations?.[ANNOTATION_CLUSTER];
  if (!name) return null;
  return (
    <HomeCard
      title={t('cluster.title')}
      action={<Link to={clusterLink(stringifyEntityRef(entity))}>{t('cluster.open')}</Link>}
    >
      <CardContent name={name} />
    </HomeCard>
  );
}

function CardContent(props: { name: string }) {
  const { value, error, reload } = useCluster(props.name);
  if (!value) return error === undefined ? <LoadingState lines={6} /> : <ErrorState error={error} onRetry={reload} />;
  return <CardSummary cluster={value} />;
}

function CardSummary(props: { cluster: Cluster }) {
  const { freshness } = props.cluster;
  return (
    <>
      {freshness.isStale && <StaleBanner observedAt={freshness.observedAt} reason={freshness.problem?.message} />}
      <ClusterFacts cluster={props.cluster} />
      <CapacityPictures cluster={props.cluster} />
    </>
  );
}
