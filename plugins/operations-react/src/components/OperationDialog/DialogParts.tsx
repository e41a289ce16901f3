import Box from '@mui/material/Box';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import type { ReactNode } from 'react';

/** The part of the dialog that scrolls. */
export function DialogBody(props: { children: ReactNode }) {
  return (
    <DialogContent sx={{ borderTop: 1, borderColor: 'divider', '&&': { paddingTop: 2 } }}>
      {props.children}
    </DialogContent>
  );
}

/** What must stay in sight while the body scrolls: consent, and what keeps it from being given. */
export function DialogFoot(props: { children: ReactNode }) {
  return (
    <Box
      sx={{
        flexShrink: 0,
        maxHeight: '50%',
        overflow: 'auto',
        borderTop: 1,
        borderColor: 'divider',
        padding: '16px 20px 12px',
      }}
    >
      {props.children}
    </Box>
  );
}

/** The dialog's buttons, and what to know beside them; on a narrow screen each line takes what it needs. */
export function DialogBar(props: {
  /** A sentence, at the left. */
  note?: ReactNode;
  children: ReactNode;
}) {
  return (
    <DialogActions sx={{ flexWrap: 'wrap', rowGap: 0.5, flexShrink: 0 }}>
      <Box sx={{ flex: { xs: '1 0 100%', sm: '1 1 0' }, minWidth: 0 }}>{props.note}</Box>
      {props.children}
    </DialogActions>
  );
}
