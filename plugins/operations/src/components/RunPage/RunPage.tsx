import { useRouteRef, useRouteRefParams } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { ErrorState, HomeCard, LoadingState, PageFrame } from '@leitstand/plugin-kit-react';
import { isFinished, type Run, type RunState } from '@leitstand/plugin-operations-common';
import {
  ApprovalPanel,
  BreakGlassButton,
  ChangesTable,
  CopyLinkButton,
  runRouteRef,
  RunView,
  StopButton,
  UndoButton,
  useRun,
  useRunPermissions,
  type FollowedRun,
} from '@leitstand/plugin-operations-react';
import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { operationsTranslationRef } from '../../translation';
import { RunFacts } from './RunFacts';

/** Whoever has to answer finds the buttons without scrolling, unless they would cover the page. */
const alwaysInSight = {
  '@media (min-height: 600px)': {
    position: 'sticky',
    // On a phone Backstage's navigation lies over the lower end of the page.
    bottom: { xs: 64, sm: 8 },
    zIndex: 1,
    boxShadow: '0 0 16px rgba(0, 0, 0, 0.24)',
  },
} as const;

/** One run: who did what to which thing, why, old → new, with what result. Live while it is under way. */
export function RunPage() {
  const { id } = useRouteRefParams(runRouteRef);
  const { run, error, isLive, refresh } = useRun(id);
  return (
    <PageFrame>
      {!run && error === undefined && <LoadingState lines={8} />}
      {!run && error !== undefined && <ErrorState error={error} onRetry={() => refresh()} />}
      {run && <RunContent run={run} isLive={isLive} refresh={refresh} />}
    </PageFrame>
  );
}

function RunContent(props: { run: Run; isLive: boolean; refresh: FollowedRun['refresh'] }) {
  const { t } = useTranslationRef(operationsTranslationRef);
  const { run, isLive, refresh } = props;
  const { approval } = run;
  const permissions = useRunPermissions(run).value;
  const isWaiting = run.state === 'awaiting-approval';
  const mayAnswer = isWaiting && permissions?.approve.isAllowed === true;
  const progress = (
    <HomeCard title={t('run.progress')}>
      <Box sx={{ padding: 2 }}>
        <RunView run={run} isLive={isLive} isApprovalShown={false} />
      </Box>
    </HomeCard>
  );
  return (
    <>
      <RunHeader {...props} permissions={permissions} />
      {/* First what came of it; but what would change has to be read before somebody says yes to it. */}
      {!isWaiting && progress}
      <RunFacts run={run} />
      {isWaiting && <RunChanges run={run} />}
      {approval && (
        <Paper
          component="section"
          aria-label={approval.kind === 'approval' ? t('run.approval') : t('run.confirmation')}
          sx={{ padding: 2, ...(mayAnswer && alwaysInSight) }}
        >
          <ApprovalPanel run={run} approval={approval} permissions={permissions} onAnswered={refresh} />
        </Paper>
      )}
      {isWaiting ? progress : <RunChanges run={run} />}
    </>
  );
}

function RunHeader(props: {
  run: Run;
  permissions: Parameters<typeof UndoButton>[0]['permissions'];
  refresh: FollowedRun['refresh'];
}) {
  const { run, permissions, refresh } = props;
  const runLink = useRouteRef(runRouteRef);
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 2, justifyContent: 'space-between', alignItems: 'center' }}>
      <Typography variant="h3" component="h2" sx={{ overflowWrap: 'anywhere' }}>
        {run.summary}
      </Typography>
      <Stack direction="row" spacing={1} useFlexGap flexWrap="wrap">
        <CopyLinkButton path={runLink({ id: run.id })} />
        <BreakGlassButton run={run} permissions={permissions} onBroken={refresh} />
        {permissions?.cancel.isAllowed !== false && <StopButton run={run} onStopped={refresh} />}
        <UndoButton run={run} permissions={permissions} onFinished={() => refresh()} />
      </Stack>
    </Box>
  );
}

function RunChanges(props: { run: Run }) {
  const { t } = useTranslationRef(operationsTranslationRef);
  const { changes, state } = props.run;
  const title = t(`run.${changesTitleOf(state)}`);
  return (
    <HomeCard title={title}>
      {changes.length > 0 ? (
        <ChangesTable changes={changes} label={title} />
      ) : (
        <Typography variant="body2" color="text.secondary" sx={{ padding: 2 }}>
          {t('run.noChanges')}
        </Typography>
      )}
    </HomeCard>
  );
}

function changesTitleOf(state: RunState): 'changes' | 'changesAhead' | 'changesPlanned' {
  if (state === 'succeeded') return 'changes';
  return isFinished(state) ? 'changesPlanned' : 'changesAhead';
}
