import Box from '@mui/material/Box';
import type { ReactNode } from 'react';

/** The content of a page: parts below each other, none wider than the page. */
export function PageBody(props: { children: ReactNode }) {
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
