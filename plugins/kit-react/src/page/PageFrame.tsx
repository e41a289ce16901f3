import Box from '@mui/material/Box';
import type { ReactNode } from 'react';

/** The distance of a page's content to its frame, and between its parts. */
export function PageFrame(props: { children: ReactNode }) {
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
      {props.children}
    </Box>
  );
}
