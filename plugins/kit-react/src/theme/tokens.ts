// The one place where Leitstand's look is written down. The MUI theme and the `--bui-*` variables are made from it.

/** A status colour: `main` as text or icon on any surface (contrast ≥ 4.5:1), `subtle` as a background under `main`. */
export interface StatusColor {
  main: string;
  subtle: string;
  border: string;
}

/** The colours of one mode. */
export interface Palette {
  /** Behind everything. */
  canvas: string;
  /** Cards, tables, menus. */
  surface: string;
  /** Table heads, wells, hovered rows. */
  surfaceMuted: string;
  surfaceHover: string;
  border: string;
  /** Borders of inputs: contrast ≥ 3:1 against `surface`. */
  borderStrong: string;
  text: string;
  textSecondary: string;
  textDisabled: string;
  accent: string;
  accentHover: string;
  /** Text on `accent`. */
  onAccent: string;
  /** Background of what is selected. */
  accentSubtle: string;
  focus: string;
  ok: StatusColor;
  warning: StatusColor;
  error: StatusColor;
  info: StatusColor;
  neutral: StatusColor;
  navigation: { background: string; hover: string; text: string; selected: string; indicator: string };
  shadow: string;
}

/** Both modes of the application. */
export type ThemeMode = 'light' | 'dark';

// The desk stays dark in both modes, as the frame around the screens of a control room does.
const navigation = {
  background: '#101a22',
  hover: '#1d2b36',
  text: '#a9b8c4',
  selected: '#ffffff',
  indicator: '#4fb3d1',
};

/** The colours by mode. */
export const palettes: Record<ThemeMode, Palette> = {
  light: {
    canvas: '#f2f4f6',
    surface: '#ffffff',
    surfaceMuted: '#f6f8f9',
    surfaceHover: '#eef2f5',
    border: '#d8dfe5',
    borderStrong: '#7c8a97',
    text: '#14202b',
    textSecondary: '#4b5a68',
    textDisabled: '#7c8a97',
    accent: '#0b5c7a',
    accentHover: '#08475f',
    onAccent: '#ffffff',
    accentSubtle: '#e0eff5',
    focus: '#0b78a3',
    ok: { main: '#126b39', subtle: '#e1f3e8', border: '#9fcfb2' },
    warning: { main: '#855000', subtle: '#fcefd8', border: '#e3bd80' },
    error: { main: '#b0241c', subtle: '#fce8e6', border: '#e6a7a2' },
    info: { main: '#1a5aa8', subtle: '#e4eefa', border: '#a6c4e8' },
    neutral: { main: '#4b5a68', subtle: '#e9edf1', border: '#c2ccd5' },
    navigation,
    shadow: '0 8px 24px rgb(16 26 34 / 16%)',
  },
  dark: {
    canvas: '#0e151b',
    surface: '#161f27',
    surfaceMuted: '#1b2630',
    surfaceHover: '#22303b',
    border: '#2c3944',
    borderStrong: '#6d7e8c',
    text: '#e6ecf1',
    textSecondary: '#a4b3c0',
    textDisabled: '#6d7e8c',
    accent: '#62bfde',
    accentHover: '#8bd2e9',
    onAccent: '#06202b',
    accentSubtle: '#163543',
    focus: '#7fcbe6',
    ok: { main: '#5bc98a', subtle: '#12301f', border: '#2b6845' },
    warning: { main: '#eeb257', subtle: '#35280f', border: '#745620' },
    error: { main: '#ff9287', subtle: '#3c1a18', border: '#853b36' },
    info: { main: '#86b7f4', subtle: '#16294a', border: '#35578a' },
    neutral: { main: '#a4b3c0', subtle: '#25313c', border: '#44535f' },
    navigation: { ...navigation, background: '#0a1015' },
    shadow: '0 8px 24px rgb(0 0 0 / 55%)',
  },
};

/** Font families. System fonts: nothing to download, and the reader's own. */
export const fonts = {
  text: "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', sans-serif",
  code: "ui-monospace, 'SFMono-Regular', Menlo, Consolas, 'Liberation Mono', monospace",
};

/** Corner radii in px: of chips and small controls, of buttons and inputs, of cards and dialogs. */
export const radii = { small: 3, medium: 4, large: 6 };

/** Base of all distances, in px: MUI's `theme.spacing(1)` and twice BUI's `--bui-space`. */
export const spacingUnit = 8;
