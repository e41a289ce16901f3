import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { RelativeTime } from '@leitstand/plugin-kit-react';
import type { Run } from '@leitstand/plugin-operations-common';
import { runRouteRef, RunStateChip } from '@leitstand/plugin-operations-react';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';

/** One run in two lines: what and with what result; who, when and why. */
export function LatelyRow(props: { run: Run }) {
  const { run } = props;
  const runLink = useRouteRef(runRouteRef);
  return (
    <Box
      component="li"
      sx={{
        display: 'grid',
        gridTemplateColumns: '140px minmax(0, 1fr)',
        columnGap: 1.5,
        padding: '8px 16px',
        '& + &': { borderTop: 1, borderColor: 'divider' },
      }}
    >
      <Box>
        <RunStateChip state={run.state} />
      </Box>
      <Box sx={{ minWidth: 0 }}>
        <Typography variant="body2" component="div" noWrap title={run.summary}>
          <Link to={runLink({ id: run.id })}>{run.summary}</Link>
        </Typography>
        <Typography variant="body2" component="div" color="text.secondary" noWrap title={run.reason}>
          <EntityRefLink entityRef={run.requester} defaultKind="user" hideIcon />
          {' · '}
          <RelativeTime time={run.createdAt} />
          {run.reason && ` · ${run.reason}`}
        </Typography>
      </Box>
    </Box>
  );
}
