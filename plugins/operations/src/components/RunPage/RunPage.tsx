import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { useRouteRefParams } from '@backstage/core-plugin-api';
import { ErrorState, HomeCard, LoadingState } from '@leitstand/plugin-kit-react';
import type { Run } from '@leitstand/plugin-operations-common';
import {
  ChangesTable,
  runRouteRef,
  RunView,
  StopButton,
  useRun,
  type FollowedRun,
} from '@leitstand/plugin-operations-react';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { operationsTranslationRef } from '../../translation';
import { RunFacts } from './RunFacts';

/** One run: who did what to which thing, why, old → new, with what result. Live while it is under way. */
export function RunPage() {
  const { id } = useRouteRefParams(runRouteRef);
  const { run, error, isLive, refresh } = useRun(id);
  return (
    <Box sx={{ padding: 'var(--bui-space-5)', paddingTop: 0 }}>
      {!run && error === undefined && <LoadingState lines={8} />}
      {!run && error !== undefined && <ErrorState error={error} onRetry={() => refresh()} />}
      {run && <RunContent run={run} isLive={isLive} refresh={refresh} />}
    </Box>
  );
}

function RunContent(props: { run: Run; isLive: boolean; refresh: FollowedRun['refresh'] }) {
  const { t } = useTranslationRef(operationsTranslationRef);
  const { run, isLive, refresh } = props;
  const hasChanged = run.state === 'succeeded';
  return (
    <Box sx={{ display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: 2 }}>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 2, justifyContent: 'space-between', alignItems: 'center' }}>
        <Typography variant="h3" component="h2" sx={{ overflowWrap: 'anywhere' }}>
          {run.summary}
        </Typography>
        <StopButton run={run} onStopped={refresh} />
      </Box>
      <RunFacts run={run} />
      <HomeCard title={t('run.progress')}>
        <Box sx={{ padding: 2 }}>
          <RunView run={run} isLive={isLive} />
        </Box>
      </HomeCard>
      <HomeCard title={hasChanged ? t('run.changes') : t('run.changesPlanned')}>
        {run.changes.length > 0 ? (
          <ChangesTable changes={run.changes} label={hasChanged ? t('run.changes') : t('run.changesPlanned')} />
        ) : (
          <Typography variant="body2" color="text.secondary" sx={{ padding: 2 }}>
            {t('run.noChanges')}
          </Typography>
        )}
      </HomeCard>
    </Box>
  );
}
