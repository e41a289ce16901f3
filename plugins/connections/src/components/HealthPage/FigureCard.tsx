import { HomeCard } from '@leitstand/plugin-kit-react';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';

/** A card with a figure, and whose figure that is. */
export function FigureCard(props: { title: string; note: string; children: ReactNode }) {
  return (
    <HomeCard title={props.title}>
      <Box sx={{ padding: 2, display: 'grid', gap: 1, minWidth: 0 }}>
        {props.children}
        <Typography variant="caption" color="text.secondary">
          {props.note}
        </Typography>
      </Box>
    </HomeCard>
  );
}
