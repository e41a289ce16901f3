import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';

/** The common shape of a view that has no data to show: icon, one line of meaning, what to do, an action. */
export function StateFrame(props: {
  role: 'alert' | 'status';
  icon: ReactNode;
  title: string;
  details: (string | undefined)[];
  note?: string;
  /** What to quote when one asks for help. */
  reference?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <Box role={props.role} sx={{ display: 'flex', gap: 1.5, padding: 2, alignItems: 'flex-start' }}>
      <Box aria-hidden sx={{ display: 'flex', paddingTop: '1px' }}>
        {props.icon}
      </Box>
      <Box sx={{ minWidth: 0, maxWidth: '65ch' }}>
        <Typography variant="subtitle1" component="p">
          {props.title}
        </Typography>
        {props.details.map(
          detail =>
            detail && (
              <Typography key={detail} variant="body2" color="text.secondary" sx={{ overflowWrap: 'anywhere' }}>
                {detail}
              </Typography>
            ),
        )}
        {props.note && (
          <Typography
            variant="caption"
            component="p"
            color="text.secondary"
            sx={{ fontFamily: 'var(--bui-font-monospace)', marginTop: 0.5 }}
          >
            {props.note}
          </Typography>
        )}
        {props.reference}
        {props.action && <Box sx={{ marginTop: 1.5, display: 'flex', gap: 1, flexWrap: 'wrap' }}>{props.action}</Box>}
      </Box>
    </Box>
  );
}
