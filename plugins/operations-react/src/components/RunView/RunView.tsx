import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { isFinished, type Run } from '@leitstand/plugin-operations-common';
import Box from '@mui/material/Box';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { operationsReactTranslationRef } from '../../translation';
import { Elapsed } from './Elapsed';
import { RunOutcome } from './RunOutcome';
import { RunStateChip } from './RunStateChip';
import { RunSteps } from './RunSteps';

/** How a run stands: state, time, steps, and what came of it. */
export function RunView(props: { run: Run; isLive: boolean }) {
  const { t } = useTranslationRef(operationsReactTranslationRef);
  const { run } = props;
  const span = { startedAt: run.startedAt ?? run.createdAt, finishedAt: run.finishedAt };
  return (
    <Stack spacing={1.5}>
      <Box role="status" sx={{ display: 'flex', alignItems: 'center', gap: 1.5 }}>
        <RunStateChip state={run.state} />
        <Typography variant="body2" color="text.secondary" aria-live="off" sx={{ fontVariantNumeric: 'tabular-nums' }}>
          <Elapsed span={span} />
        </Typography>
      </Box>
      <RunOutcome run={run} />
      <RunSteps steps={run.steps} />
      {!props.isLive && !isFinished(run.state) && (
        <Typography variant="caption" color="text.secondary" role="status">
          {t('dialog.noLive')}
        </Typography>
      )}
    </Stack>
  );
}
