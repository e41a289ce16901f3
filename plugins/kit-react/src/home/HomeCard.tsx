import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import { useId, type ReactNode } from 'react';

/** The frame of a card: a region with a heading, an action beside it, content to its edges. Also for cards of entity pages. */
export function HomeCard(props: {
  title: string;
  /** Beside the title: a count, a link "show all". */
  action?: ReactNode;
  children: ReactNode;
}) {
  const headingId = useId();
  return (
    <Paper component="section" aria-labelledby={headingId} sx={{ overflow: 'hidden' }}>
      <Box
        sx={{
          display: 'flex',
          alignItems: 'center',
          justifyContent: 'space-between',
          gap: 2,
          minHeight: 44,
          padding: '6px 16px',
          borderBottom: 1,
          borderColor: 'divider',
        }}
      >
        <Typography id={headingId} variant="h4" component="h2">
          {props.title}
        </Typography>
        {props.action}
      </Box>
      {/* A table that is wider than a small screen scrolls by itself, not the page. */}
      <Box sx={{ overflowX: 'auto' }}>{props.children}</Box>
    </Paper>
  );
}
