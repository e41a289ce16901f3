import { UnifiedThemeProvider } from '@backstage/theme';
import GlobalStyles from '@mui/material/GlobalStyles';
import type { ReactNode } from 'react';
import { createCssVariables } from './cssVariables';
import { createLeitstandTheme } from './createLeitstandTheme';
import { fonts, palettes, type ThemeMode } from './tokens';

const themes = { light: createLeitstandTheme('light'), dark: createLeitstandTheme('dark') };
const globalCss = { light: createGlobalCss('light'), dark: createGlobalCss('dark') };

/** Draws everything inside it, whichever library it is of, in Leitstand's look. */
export function LeitstandThemeProvider(props: { mode: ThemeMode; children: ReactNode }) {
  return (
    <UnifiedThemeProvider theme={themes[props.mode]} themeName="leitstand">
      <GlobalStyles styles={globalCss[props.mode]} />
      {props.children}
    </UnifiedThemeProvider>
  );
}

function createGlobalCss(mode: ThemeMode): string {
  const palette = palettes[mode];
  return `${createCssVariables()}
:root { color-scheme: ${mode}; accent-color: ${palette.accent}; }
html, body { height: 100%; }
body {
  margin: 0;
  background: ${palette.canvas};
  color: ${palette.text};
  font-family: ${fonts.text};
  font-size: 14px;
  line-height: 1.5;
  overscroll-behavior-y: none;
}
a { color: inherit; text-decoration: none; }
a:focus-visible, [tabindex]:focus-visible, summary:focus-visible { outline: 2px solid ${palette.focus}; outline-offset: 2px; }
@media (max-width: 640px) {
  .bui-HeaderNav { overflow: auto hidden; scrollbar-width: none; }
  .bui-HeaderNavActive { bottom: 0; }
}
.bui-Card { border: 1px solid ${palette.border}; }
mark { background: ${palette.warning.subtle}; color: ${palette.warning.main}; }
code, pre, kbd { font-family: ${fonts.code}; font-size: 0.92em; }
@media (prefers-reduced-motion: reduce) {
  *, *::before, *::after { animation-duration: 0.01ms !important; transition-duration: 0.01ms !important; }
}`;
}
