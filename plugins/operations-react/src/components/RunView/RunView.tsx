import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { isFinished, type Run } from '@leitstand/plugin-operations-common';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { operationsReactTranslationRef } from '../../translation';
import { ExactTime } from '../ExactTime';
import { Elapsed } from './Elapsed';
import { RunOutcome } from './RunOutcome';
import { RunStateChip } from './RunStateChip';
import { RunSteps } from './RunSteps';
import { RunWaiting } from './RunWaiting';

/** How a run stands: state, time, what it waits for, steps, and what came of it. */
export function RunView(props: {
  run: Run;
  isLive: boolean;
  /** Whether it says who can say yes; not where that stands beside it. Default: true. */
  isApprovalShown?: boolean;
}) {
  const { t } = useTranslationRef(operationsReactTranslationRef);
  const { run } = props;
  const isWaitShown = run.state !== 'awaiting-approval' || (props.isApprovalShown ?? true);
  const span = { startedAt: run.startedAt ?? run.createdAt, finishedAt: run.finishedAt };
  return (
    <Stack spacing={1.5}>
      <Box role="status" sx={{ display: 'flex', alignItems: 'center', gap: 1.5 }}>
        <RunStateChip state={run.state} />
        <Typography variant="body2" color="text.secondary" aria-live="off" sx={{ fontVariantNumeric: 'tabular-nums' }}>
          <Elapsed span={span} />
        </Typography>
      </Box>
      {run.breakGlass && <BrokenGlass breakGlass={run.breakGlass} />}
      {isWaitShown && <RunWaiting run={run} />}
      <RunOutcome run={run} />
      {(run.steps.length > 0 || run.state === 'running') && (
        <RunSteps steps={run.steps} isRunFinished={isFinished(run.state)} />
      )}
      {!props.isLive && !isFinished(run.state) && (
        <Typography variant="caption" color="text.secondary" role="status">
          {t('dialog.noLive')}
        </Typography>
      )}
    </Stack>
  );
}

function BrokenGlass(props: { breakGlass: NonNullable<Run['breakGlass']> }) {
  const { t } = useTranslationRef(operationsReactTranslationRef);
  const { by, at, reason } = props.breakGlass;
  return (
    <Alert severity="error" role="note">
      <Typography variant="body2" component="p">
        {t('breakGlass.was')} <EntityRefLink entityRef={by} defaultKind="user" hideIcon />
        {', '}
        <ExactTime time={at} />
      </Typography>
      <Typography variant="body2" component="p" sx={{ overflowWrap: 'anywhere' }}>
        {reason}
      </Typography>
    </Alert>
  );
}
