import { HomeCard } from '@leitstand/plugin-kit-react';
import Box from '@mui/material/Box';
import type { ReactNode } from 'react';

/** A card with facts below each other. */
export function FactCard(props: { title: string; children: ReactNode }) {
  return (
    <HomeCard title={props.title}>
      <Box sx={{ padding: 2, display: 'grid', gap: 1.5 }}>{props.children}</Box>
    </HomeCard>
  );
}
