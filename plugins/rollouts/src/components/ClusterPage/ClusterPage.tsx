import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { useEntity } from '@backstage/plugin-catalog-react';
import { EmptyState, ErrorState, HomeCard, LoadingState, StaleBanner } from '@leitstand/plugin-kit-react';
import { ANNOTATION_CLUSTER, type Cluster } from '@leitstand/plugin-rollouts-common';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import { clusterTranslationRef } from '../../clusterTranslation';
import { useCluster } from '../../hooks/useCluster';
import { CapacityPictures } from './CapacityPictures';
import { ClusterFacts } from './ClusterFacts';
import { ClusterProblems } from './ClusterProblems';
import { NamespacesTable } from './NamespacesTable';
import { NodesTable } from './NodesTable';
import { TroubleCard } from './TroubleCard';

/** The cluster of the page's entity: versions, capacity, what is wrong, nodes, namespaces. */
export function ClusterPage() {
  const { t } = useTranslationRef(clusterTranslationRef);
  const name = useEntity().entity.metadata.annotations?.[ANNOTATION_CLUSTER];
  if (!name) return <EmptyState title={t('cluster.notAnnotated')} advice={t('cluster.notAnnotatedAdvice')} />;
  return <FollowedCluster name={name} />;
}

function FollowedCluster(props: { name: string }) {
  const { t } = useTranslationRef(clusterTranslationRef);
  const { value, error, reload } = useCluster(props.name);
  if (!value) return error === undefined ? <LoadingState lines={12} /> : <ErrorState error={error} onRetry={reload} />;
  return (
    <Box sx={{ display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: 2 }}>
      {error !== undefined && (
        <Alert severity="warning" role="status">
          {t('cluster.refreshFailed')}
        </Alert>
      )}
      <ClusterView cluster={value} />
    </Box>
  );
}

function ClusterView(props: { cluster: Cluster }) {
  const { t } = useTranslationRef(clusterTranslationRef);
  const { cluster } = props;
  const { freshness } = cluster;
  return (
    <>
      {freshness.isStale && <StaleBanner observedAt={freshness.observedAt} reason={freshness.problem?.message} />}
      <HomeCard title={t('cluster.title')}>
        <ClusterFacts cluster={cluster} />
      </HomeCard>
      <Box
        sx={{ display: 'grid', gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'repeat(2, minmax(0, 1fr))' }, gap: 2 }}
      >
        <HomeCard title={t('capacity.title')}>
          <CapacityPictures cluster={cluster} />
        </HomeCard>
        <HomeCard title={t('problem.title')}>
          <ClusterProblems cluster={cluster} />
        </HomeCard>
      </Box>
      <TroubleCard cluster={cluster.name} />
      <HomeCard title={t('node.title')}>
        <NodesTable nodes={cluster.nodeList} />
      </HomeCard>
      <HomeCard title={t('namespace.title')}>
        <NamespacesTable cluster={cluster} />
      </HomeCard>
    </>
  );
}
