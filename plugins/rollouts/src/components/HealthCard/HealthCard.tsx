import { stringifyEntityRef } from '@backstage/catalog-model';
import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { useEntity } from '@backstage/plugin-catalog-react';
import { ErrorState, HealthBadge, HomeCard, LoadingState, SinceTime, StaleBanner } from '@leitstand/plugin-kit-react';
import { workloadRefOf, type Workload, type WorkloadRef } from '@leitstand/plugin-rollouts-common';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useWorkload } from '../../hooks/useWorkload';
import { useWorkloadLink } from '../../routes';
import { rolloutsTranslationRef } from '../../translation';
import { ReplicaPicture } from '../ReplicaPicture';

/** How the entity's workload is, in a few lines; the rest is on its tab. */
export function HealthCard() {
  const { t } = useTranslationRef(rolloutsTranslationRef);
  const { entity } = useEntity();
  const workloadLink = useWorkloadLink();
  const ref = workloadRefOf(entity);
  if (!ref) return null;
  return (
    <HomeCard
      title={t('card.title')}
      action={<Link to={workloadLink(stringifyEntityRef(entity))}>{t('card.open')}</Link>}
    >
      <HealthContent workloadRef={ref} />
    </HomeCard>
  );
}

function HealthContent(props: { workloadRef: WorkloadRef }) {
  const { value: workload, error, reload } = useWorkload(props.workloadRef);
  if (!workload)
    return error === undefined ? <LoadingState lines={3} /> : <ErrorState error={error} onRetry={reload} />;
  return <HealthSummary workload={workload} />;
}

function HealthSummary(props: { workload: Workload }) {
  const { t } = useTranslationRef(rolloutsTranslationRef);
  const { health, freshness, kind, replicas } = props.workload;
  return (
    <Box sx={{ padding: 2, display: 'grid', gap: 1 }}>
      {freshness.isStale && <StaleBanner observedAt={freshness.observedAt} reason={freshness.problem?.message} />}
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 1 }}>
        <HealthBadge state={health.state} />
        {health.since && (
          <Typography variant="body2" component="span" color="text.secondary">
            <SinceTime time={health.since} />
          </Typography>
        )}
      </Box>
      <Typography variant="body2" sx={{ overflowWrap: 'anywhere' }}>
        {health.message}
      </Typography>
      {health.advice && (
        <Typography variant="body2" color="text.secondary">
          {health.advice}
        </Typography>
      )}
      {kind !== 'CronJob' && (
        <>
          <Typography variant="body2" color="text.secondary">
            {t('card.ready', { ready: String(replicas.ready), desired: String(replicas.desired) })}
          </Typography>
          <ReplicaPicture workload={props.workload} />
        </>
      )}
    </Box>
  );
}
