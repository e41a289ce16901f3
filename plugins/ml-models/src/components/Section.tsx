import { HomeCard } from '@leitstand/plugin-kit-react';
import Box from '@mui/material/Box';
import type { ReactNode } from 'react';

/** A card with a heading, and room around what is in it. */
export function Section(props: { title: string; action?: ReactNode; children: ReactNode }) {
  return (
    <HomeCard title={props.title} action={props.action}>
      <Box sx={{ padding: 2, display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: 2 }}>{props.children}</Box>
    </HomeCard>
  );
}
