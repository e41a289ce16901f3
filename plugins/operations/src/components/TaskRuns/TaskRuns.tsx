import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { HomeCard } from '@leitstand/plugin-kit-react';
import type { Run } from '@leitstand/plugin-operations-common';
import { PeopleText, runRouteRef, RunStateChip, RunWaiting } from '@leitstand/plugin-operations-react';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useTaskRuns } from '../../hooks/useTaskRuns';
import { operationsTranslationRef } from '../../translation';

/** What a task changes through the door, while it goes on: each run with its state, what it waits for, and the way to it. */
export function TaskRuns(props: { taskId: string }) {
  const { t } = useTranslationRef(operationsTranslationRef);
  const { value: runs, error } = useTaskRuns(props.taskId);
  if (error === undefined && (!runs || runs.length === 0)) return null;
  return (
    <HomeCard title={t('task.title')}>
      {error !== undefined && (
        <Alert severity="warning" role="status" sx={{ margin: 1 }}>
          {runs ? t('task.stale') : t('task.failed')}
        </Alert>
      )}
      <Box component="ul" aria-label={t('task.title')} sx={{ listStyle: 'none', margin: 0, padding: 0 }}>
        {runs?.map(run => (
          <TaskRun key={run.id} run={run} />
        ))}
      </Box>
    </HomeCard>
  );
}

function TaskRun(props: { run: Run }) {
  const runLink = useRouteRef(runRouteRef);
  const { run } = props;
  const note = run.error?.message ?? run.result;
  return (
    <Box
      component="li"
      sx={{
        display: 'grid',
        gridTemplateColumns: { xs: 'minmax(0, 1fr)', sm: '150px minmax(0, 1fr)' },
        gap: '4px 12px',
        padding: '10px 16px',
        '& + &': { borderTop: 1, borderColor: 'divider' },
      }}
    >
      <Box role="status">
        <RunStateChip state={run.state} />
      </Box>
      <Box sx={{ minWidth: 0 }}>
        <Typography variant="body2" component="div" sx={{ overflowWrap: 'anywhere' }}>
          <Link to={runLink({ id: run.id })}>{run.summary}</Link>
        </Typography>
        {note && (
          <Typography variant="body2" component="div" color="text.secondary" sx={{ overflowWrap: 'anywhere' }}>
            <PeopleText text={note} />
          </Typography>
        )}
        <Box sx={{ '&:not(:empty)': { marginTop: 1 } }}>
          <RunWaiting run={run} />
        </Box>
      </Box>
    </Box>
  );
}
