import { ActivityTable } from '@leitstand/plugin-operations-react';
import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import { useSearchParams } from 'react-router-dom';
import { formatActivityFilter, parseActivityFilter } from '../../model/activityFilter';
import { ActivityFilterBar } from './ActivityFilterBar';

/** Everything that was done through the door, with filters in the address. */
export function ActivityPage() {
  const [params, setParams] = useSearchParams();
  const filter = parseActivityFilter(params);
  return (
    <Box
      sx={{
        padding: 'var(--bui-space-5)',
        paddingTop: 0,
        display: 'grid',
        gridTemplateColumns: 'minmax(0, 1fr)',
        gap: 2,
      }}
    >
      <ActivityFilterBar filter={filter} onChange={next => setParams(formatActivityFilter(next), { replace: true })} />
      <Paper sx={{ overflow: 'hidden' }}>
        <ActivityTable filter={filter} />
      </Paper>
    </Box>
  );
}
