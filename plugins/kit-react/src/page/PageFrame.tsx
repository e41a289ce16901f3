import Box from '@mui/material/Box';
import type { ReactNode } from 'react';

/** The content of a page: its distance to the frame; parts below each other, none wider than the page. */
export function PageFrame(props: {
  children: ReactNode;
  /** Between the parts, in units of the theme's spacing. Default: 2. */
  gap?: number;
}) {
  const { children, gap = 2 } = props;
  return (
    <Box
      sx={{
        padding: 'var(--bui-space-5)',
        paddingTop: 0,
        display: 'grid',
        gridTemplateColumns: 'minmax(0, 1fr)',
        gap,
      }}
    >
      {children}
    </Box>
  );
}
