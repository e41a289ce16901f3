import { createUnifiedTheme, defaultTypography, genPageTheme, shapes, type UnifiedTheme } from '@backstage/theme';
import { createComponentThemes } from './componentThemes';
import { fonts, palettes, type Palette, type ThemeMode } from './tokens';

/** The MUI themes (5 for our pages, 4 for Backstage's core components) of one mode, made from the tokens. */
export function createLeitstandTheme(mode: ThemeMode): UnifiedTheme {
  const palette = palettes[mode];
  const plainPage = genPageTheme({
    colors: [palette.surface, palette.surface],
    shape: shapes.round,
    options: { fontColor: palette.text },
  });
  return createUnifiedTheme({
    palette: createMuiPalette(mode, palette),
    fontFamily: fonts.text,
    typography: createTypography(),
    defaultPageTheme: 'home',
    // No coloured header anywhere: a header's colour would compete with the colours of states.
    pageTheme: { home: { ...plainPage, backgroundImage: 'none' } },
    components: createComponentThemes(palette),
  });
}

function createTypography() {
  const heading = (fontSize: number) => ({ fontSize, fontWeight: 600, lineHeight: 1.3, marginBottom: 0 });
  return {
    ...defaultTypography,
    fontFamily: fonts.text,
    fontSize: 14,
    fontWeightBold: 600,
    h1: heading(26),
    h2: heading(22),
    h3: heading(18),
    h4: heading(16),
    h5: heading(15),
    h6: heading(14),
    subtitle1: { fontSize: 14, fontWeight: 600, lineHeight: 1.45 },
    subtitle2: { fontSize: 13, fontWeight: 600, lineHeight: 1.45 },
    body1: { fontSize: 14, lineHeight: 1.5 },
    body2: { fontSize: 13, lineHeight: 1.5 },
    caption: { fontSize: 12, lineHeight: 1.4 },
    overline: { fontSize: 12, lineHeight: 1.4, textTransform: 'none' as const, letterSpacing: 0 },
    button: { fontSize: 14, fontWeight: 500, lineHeight: 1.5, textTransform: 'none' as const, letterSpacing: 0 },
  };
}

function createMuiPalette(mode: ThemeMode, palette: Palette) {
  const { ok, warning, error, info, neutral } = palette;
  return {
    mode,
    type: mode,
    background: { default: palette.canvas, paper: palette.surface },
    text: { primary: palette.text, secondary: palette.textSecondary, disabled: palette.textDisabled },
    divider: palette.border,
    primary: { main: palette.accent, dark: palette.accentHover, contrastText: palette.onAccent },
    secondary: { main: neutral.main, contrastText: palette.surface },
    success: { main: ok.main, contrastText: palette.surface },
    warning: { main: warning.main, contrastText: palette.surface },
    error: { main: error.main, contrastText: palette.surface },
    info: { main: info.main, contrastText: palette.surface },
    action: { hover: palette.surfaceHover, selected: palette.accentSubtle, focus: palette.surfaceHover },
    ...createBackstagePalette(palette),
  };
}

/** What Backstage adds to MUI's palette. */
function createBackstagePalette(palette: Palette) {
  const { ok, warning, error, info, neutral, navigation } = palette;
  return {
    status: {
      ok: ok.main,
      warning: warning.main,
      error: error.main,
      running: info.main,
      pending: warning.main,
      aborted: neutral.main,
    },
    border: palette.border,
    textContrast: palette.text,
    textVerySubtle: palette.border,
    textSubtle: palette.textSecondary,
    highlight: warning.subtle,
    errorBackground: error.subtle,
    warningBackground: warning.subtle,
    infoBackground: info.subtle,
    errorText: error.main,
    warningText: warning.main,
    infoText: info.main,
    link: palette.accent,
    linkHover: palette.accentHover,
    gold: warning.main,
    navigation: {
      background: navigation.background,
      indicator: navigation.indicator,
      color: navigation.text,
      selectedColor: navigation.selected,
      navItem: { hoverBackground: navigation.hover },
      submenu: { background: navigation.hover },
    },
    pinSidebarButton: { icon: navigation.background, background: navigation.text },
    tabbar: { indicator: palette.accent },
    banner: {
      info: info.main,
      error: error.main,
      warning: warning.main,
      text: palette.surface,
      link: palette.surface,
      closeButtonColor: palette.surface,
    },
    bursts: {
      fontColor: palette.text,
      slackChannelText: palette.textSecondary,
      backgroundColor: { default: palette.surface },
      gradient: { linear: 'none' },
    },
    code: { background: palette.surfaceMuted },
  };
}
