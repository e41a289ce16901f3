import Box from '@mui/material/Box';
import type { ReactNode } from 'react';

/** Moves a small text button so that its words, and not its padding, begin where the text above them does. */
export function AlignedTextButton(props: { children: ReactNode }) {
  return <Box sx={{ marginLeft: -1 }}>{props.children}</Box>;
}
