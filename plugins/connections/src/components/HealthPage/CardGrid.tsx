import Box from '@mui/material/Box';
import type { ReactNode } from 'react';

/** Cards two by two, where there is room. */
export function CardGrid(props: { children: ReactNode }) {
  return (
    <Box
      sx={{
        display: 'grid',
        gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: 'repeat(2, minmax(0, 1fr))' },
        gap: 2,
        alignItems: 'start',
      }}
    >
      {props.children}
    </Box>
  );
}
