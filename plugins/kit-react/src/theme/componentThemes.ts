import type { ThemeOptions } from '@mui/material/styles';
import { createBackstageComponentThemes } from './backstageComponentThemes';
import { radii, type Palette } from './tokens';

/** How MUI's components differ from MUI: flat, dense, one radius each, no capitals. They replace Backstage's own of the same name. */
export function createComponentThemes(palette: Palette): ThemeOptions['components'] {
  return {
    ...surfaces(palette),
    ...controls(palette),
    ...tables(palette),
    ...navigation(palette),
    ...createBackstageComponentThemes(palette),
  };
}

function surfaces(palette: Palette): ThemeOptions['components'] {
  const border = `1px solid ${palette.border}`;
  return {
    MuiPaper: {
      styleOverrides: {
        root: { backgroundImage: 'none' },
        rounded: { borderRadius: radii.large },
        elevation1: { boxShadow: 'none', border },
        elevation2: { boxShadow: 'none', border },
        elevation4: { boxShadow: palette.shadow, border },
        elevation8: { boxShadow: palette.shadow, border },
        elevation16: { boxShadow: palette.shadow, border },
        elevation24: { boxShadow: palette.shadow, border },
      },
    },
    MuiCard: { styleOverrides: { root: { display: 'flex', flexDirection: 'column', boxShadow: 'none', border } } },
    MuiCardHeader: { styleOverrides: { root: { padding: '12px 16px' }, title: { fontSize: 15, fontWeight: 600 } } },
    MuiCardContent: { styleOverrides: { root: { flexGrow: 1, padding: 16, '&:last-child': { paddingBottom: 16 } } } },
    MuiDialogTitle: { styleOverrides: { root: { fontSize: 18, fontWeight: 600, padding: '16px 20px' } } },
    MuiDialogContent: { styleOverrides: { root: { padding: '4px 20px 20px' } } },
    MuiDialogActions: { styleOverrides: { root: { padding: '12px 20px', borderTop: border } } },
    MuiTooltip: {
      styleOverrides: {
        tooltip: {
          fontSize: 12,
          lineHeight: 1.4,
          backgroundColor: palette.navigation.background,
          color: palette.navigation.selected,
          borderRadius: radii.small,
          border: `1px solid ${palette.borderStrong}`,
        },
      },
    },
    MuiAlert: { styleOverrides: { root: { borderRadius: radii.medium, padding: '4px 12px', fontSize: 13 } } },
    MuiLink: { defaultProps: { underline: 'hover' } },
  };
}

function controls(palette: Palette): ThemeOptions['components'] {
  const focusRing = { outline: `2px solid ${palette.focus}`, outlineOffset: 2 };
  return {
    MuiButtonBase: {
      defaultProps: { disableRipple: true },
      styleOverrides: { root: { '&:focus-visible': focusRing } },
    },
    MuiButton: {
      defaultProps: { disableElevation: true },
      styleOverrides: {
        root: { borderRadius: radii.medium, textTransform: 'none', padding: '5px 12px', minWidth: 0 },
        outlined: { borderColor: palette.borderStrong },
        sizeSmall: { padding: '2px 8px', fontSize: 13 },
      },
    },
    MuiChip: {
      styleOverrides: {
        root: {
          borderRadius: radii.small,
          // Core components lay chips side by side and leave the gap to the chip.
          margin: '0 4px 4px 0',
          fontSize: 13,
          color: palette.text,
          backgroundColor: palette.neutral.subtle,
        },
        outlined: { borderColor: palette.border, backgroundColor: 'transparent' },
      },
    },
    MuiOutlinedInput: {
      styleOverrides: { root: { borderRadius: radii.medium }, notchedOutline: { borderColor: palette.borderStrong } },
    },
    MuiToggleButton: {
      styleOverrides: {
        root: {
          color: palette.textSecondary,
          borderColor: palette.border,
          textTransform: 'none',
          '&&.Mui-selected': { color: palette.text, backgroundColor: palette.accentSubtle },
        },
      },
    },
    MuiSwitch: { defaultProps: { color: 'primary' } },
    MuiMenuItem: { styleOverrides: { root: { minHeight: 36, fontSize: 14 } } },
  };
}

function tables(palette: Palette): ThemeOptions['components'] {
  return {
    MuiTableRow: {
      styleOverrides: {
        root: { '&:last-child > td, tbody > &:last-child > th': { borderBottom: 0 } },
        hover: { '&:hover': { cursor: 'pointer' } },
      },
    },
    MuiTableContainer: {
      // What is hidden from sight in a cell is placed absolutely; it would make the page as wide as the table is.
      styleOverrides: { root: { position: 'relative' } },
    },
    MuiTableCell: {
      styleOverrides: {
        root: {
          padding: '8px 16px',
          fontSize: 13,
          lineHeight: 1.45,
          verticalAlign: 'top',
          overflowWrap: 'break-word',
          borderBottom: `1px solid ${palette.border}`,
        },
        sizeSmall: { padding: '6px 12px' },
        head: {
          padding: '8px 16px',
          color: palette.textSecondary,
          fontSize: 12,
          fontWeight: 600,
          lineHeight: 1.4,
          whiteSpace: 'nowrap',
          backgroundColor: palette.surfaceMuted,
        },
      },
    },
    MuiTableSortLabel: {
      styleOverrides: { root: { color: 'inherit', '&:hover, &:focus': { color: 'inherit' } } },
    },
  };
}

function navigation(palette: Palette): ThemeOptions['components'] {
  return {
    MuiTabs: { styleOverrides: { root: { minHeight: 40 } } },
    MuiTab: {
      styleOverrides: {
        root: {
          minHeight: 40,
          minWidth: 0,
          padding: '8px 12px',
          fontSize: 14,
          fontWeight: 500,
          textTransform: 'none',
          letterSpacing: 0,
          color: palette.textSecondary,
          '&:hover': { color: palette.text },
        },
      },
    },
    MuiListItemText: {
      styleOverrides: { dense: { whiteSpace: 'nowrap', overflow: 'hidden', textOverflow: 'ellipsis' } },
    },
  };
}
