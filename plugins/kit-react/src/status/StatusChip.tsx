import AutorenewIcon from '@mui/icons-material/Autorenew';
import CheckCircleOutlineIcon from '@mui/icons-material/CheckCircleOutline';
import ErrorOutlineIcon from '@mui/icons-material/ErrorOutline';
import HelpOutlineIcon from '@mui/icons-material/HelpOutline';
import InfoOutlinedIcon from '@mui/icons-material/InfoOutlined';
import PauseCircleOutlineIcon from '@mui/icons-material/PauseCircleOutline';
import ReportProblemOutlinedIcon from '@mui/icons-material/ReportProblemOutlined';
import { useTheme } from '@mui/material/styles';
import type { SvgIconProps } from '@mui/material/SvgIcon';
import Box from '@mui/material/Box';
import type { ComponentType } from 'react';
import { palettes, radii } from '../theme';

/** What a state means to the reader. Each has its own icon, so that nothing hangs on colour alone. */
export type StatusTone = 'ok' | 'info' | 'running' | 'warning' | 'error' | 'paused' | 'unknown';

const icons: Record<StatusTone, ComponentType<SvgIconProps>> = {
  ok: CheckCircleOutlineIcon,
  info: InfoOutlinedIcon,
  running: AutorenewIcon,
  warning: ReportProblemOutlinedIcon,
  error: ErrorOutlineIcon,
  paused: PauseCircleOutlineIcon,
  unknown: HelpOutlineIcon,
};

const colors = {
  ok: 'ok',
  info: 'info',
  running: 'info',
  warning: 'warning',
  error: 'error',
  paused: 'neutral',
  unknown: 'neutral',
} as const;

/** A state as icon and word. */
export function StatusChip(props: { tone: StatusTone; label: string }) {
  const color = palettes[useTheme().palette.mode][colors[props.tone]];
  const Icon = icons[props.tone];
  return (
    <Box
      component="span"
      sx={{
        display: 'inline-flex',
        alignItems: 'center',
        gap: 0.5,
        padding: '1px 8px 1px 5px',
        border: `1px solid ${color.border}`,
        borderRadius: `${radii.small}px`,
        backgroundColor: color.subtle,
        color: color.main,
        fontSize: 12,
        fontWeight: 600,
        lineHeight: '18px',
        whiteSpace: 'nowrap',
      }}
    >
      <Icon aria-hidden sx={{ fontSize: 15 }} />
      {props.label}
    </Box>
  );
}
