import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Fact, FactList, HealthBadge, SinceTime } from '@leitstand/plugin-kit-react';
import type { Workload } from '@leitstand/plugin-rollouts-common';
import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import { previousRevision } from '../../model/revisions';
import { useActivityLink } from '../../routes';
import { rolloutsTranslationRef } from '../../translation';
import { AlignedTextButton } from '../AlignedTextButton';
import { ImageName } from '../ImageName';
import { ReplicaPicture } from '../ReplicaPicture';
import { SetImageButton, WorkloadActions } from '../WorkloadActions';
import { LastChange } from './LastChange';
import { RollbackButton, type RollbackOperation } from './RollbackButton';

/** The verdict: health in words, since when, what to try, what changed last, and the one button. */
export function WorkloadHeader(props: { workload: Workload; rollback: RollbackOperation }) {
  const { t } = useTranslationRef(rolloutsTranslationRef);
  const { workload, rollback } = props;
  const activityLink = useActivityLink();
  const previous = previousRevision(workload.revisions);
  const hasRevisions = workload.kind === 'Deployment';
  const isWell = workload.health.state === 'healthy';
  return (
    <Paper component="section" aria-label={t('workload.health')} sx={{ padding: 2, display: 'grid', gap: 2 }}>
      <Box
        sx={{ display: 'flex', flexWrap: 'wrap', gap: 2, justifyContent: 'space-between', alignItems: 'flex-start' }}
      >
        <HealthWords
          health={workload.health}
          refusal={hasRevisions ? rollback.operation?.refusal?.message : undefined}
        />
        <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1 }}>
          {hasRevisions && (
            <RollbackButton
              rollback={rollback}
              toRevision={previous?.revision}
              refusal={previous ? undefined : t('revision.noPrevious')}
              place="main"
              isQuiet={isWell || workload.isPaused}
            />
          )}
          <WorkloadActions workload={workload} />
        </Box>
      </Box>
      <FactList>
        {workload.kind !== 'CronJob' && (
          <Fact term={t('workload.replicas')}>
            <Typography variant="body2" component="div" sx={{ marginBottom: 0.5 }}>
              {t('workload.replicasReady', countsOf(workload))}
            </Typography>
            <ReplicaPicture workload={workload} />
          </Fact>
        )}
        {hasRevisions && (
          <Fact term={t('workload.lastChange')}>
            <LastChange workload={workload} />
          </Fact>
        )}
        <Fact term={t('workload.images')}>
          {workload.images.map(({ container, image }) => (
            <Box key={container} sx={{ display: 'flex', flexDirection: 'column', alignItems: 'flex-start' }}>
              <ImageName image={image} />
              {workload.kind !== 'CronJob' && (
                <AlignedTextButton>
                  <SetImageButton workload={workload} container={container} />
                </AlignedTextButton>
              )}
            </Box>
          ))}
        </Fact>
        <Fact term={t('workload.where')}>
          <div>
            {workload.cluster} / {workload.namespace}
          </div>
          <div>{t('workload.kind', { kind: workload.kind, strategy: workload.strategy })}</div>
          <Link to={activityLink(rollback.entityRef)}>{t('page.activity')}</Link>
        </Fact>
      </FactList>
    </Paper>
  );
}

function countsOf({ replicas }: Workload) {
  return { ready: String(replicas.ready), desired: String(replicas.desired) };
}

function HealthWords(props: { health: Workload['health']; refusal: string | undefined }) {
  const { t } = useTranslationRef(rolloutsTranslationRef);
  const { state, message, advice, since } = props.health;
  return (
    <Box role="status" sx={{ minWidth: 0, flex: '1 1 420px', maxWidth: '90ch' }}>
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 1, marginBottom: 0.75 }}>
        <HealthBadge state={state} />
        {since && (
          <Typography variant="body2" component="span" color="text.secondary">
            <SinceTime time={since} />
          </Typography>
        )}
      </Box>
      <Typography variant="subtitle1" component="h2" sx={{ overflowWrap: 'anywhere' }}>
        {message}
      </Typography>
      {advice && (
        <Typography variant="body2" color="text.secondary" sx={{ marginTop: 0.5 }}>
          {advice}
        </Typography>
      )}
      {props.refusal && (
        <Typography variant="body2" color="text.secondary" sx={{ marginTop: 0.5, overflowWrap: 'anywhere' }}>
          {t('workload.noRollback', { reason: props.refusal })}
        </Typography>
      )}
    </Box>
  );
}
