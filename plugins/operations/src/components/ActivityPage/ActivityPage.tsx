import { PageFrame } from '@leitstand/plugin-kit-react';
import { ActivityTable } from '@leitstand/plugin-operations-react';
import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import { useSearchParams } from 'react-router-dom';
import { formatActivityFilter, parseActivityFilter } from '../../model/activityFilter';
import { ActivityNav } from '../ActivityNav';
import { WaitingSection } from '../Waiting';
import { ActivityFilterBar } from './ActivityFilterBar';
import { ExportButton } from './ExportButton';

/** Everything that was done through the door, with filters in the address; above it what waits for the reader. */
export function ActivityPage() {
  const [params, setParams] = useSearchParams();
  const filter = parseActivityFilter(params);
  return (
    <PageFrame>
      <ActivityNav />
      <WaitingSection />
      <Box
        sx={{
          display: 'flex',
          flexDirection: { xs: 'column', sm: 'row' },
          gap: 2,
          justifyContent: 'space-between',
          alignItems: { xs: 'stretch', sm: 'flex-start' },
        }}
      >
        <ActivityFilterBar
          filter={filter}
          onChange={next => setParams(formatActivityFilter(next), { replace: true })}
        />
        <ExportButton filter={filter} />
      </Box>
      <Paper sx={{ overflow: 'hidden' }}>
        <ActivityTable filter={filter} />
      </Paper>
    </PageFrame>
  );
}
