// These two name their components to the theme's types.
import type {} from '@backstage/core-components';
import type {} from '@backstage/plugin-catalog-react';
import type { ThemeOptions } from '@mui/material/styles';
import { radii, type Palette } from './tokens';

/** What Backstage's own components draw with fixed values: capitals, wide letters, greys. */
export function createBackstageComponentThemes(palette: Palette): ThemeOptions['components'] {
  const plainText = { textTransform: 'none', letterSpacing: 0 } as const;
  return {
    BackstageTableHeader: {
      styleOverrides: {
        header: {
          ...plainText,
          padding: '8px 16px',
          borderTop: `1px solid ${palette.border}`,
          borderBottom: `1px solid ${palette.border}`,
        },
      },
    },
    // Below the page's header, which keeps its own distance.
    BackstageContent: { styleOverrides: { root: { paddingTop: 8 } } },
    BackstageHeader: {
      styleOverrides: { header: { padding: '0 24px', boxShadow: 'none', background: 'transparent' } },
    },
    BackstageTableToolbar: { styleOverrides: { root: { padding: '8px 0 8px 16px' } } },
    BackstageSelectInputBase: {
      styleOverrides: { input: { border: `1px solid ${palette.borderStrong}`, borderRadius: radii.medium } },
    },
    BackstageIconLinkVertical: { styleOverrides: { label: { ...plainText, fontSize: 12, fontWeight: 500 } } },
    CatalogReactUserListPicker: {
      styleOverrides: {
        root: { backgroundColor: 'transparent', border: 'none' },
        title: { ...plainText, margin: '8px 0 0', fontWeight: 600 },
        groupWrapper: { margin: '4px 0 12px', borderRadius: radii.medium },
        menuItem: { minHeight: 36 },
      },
    },
  };
}
