export { LeitstandThemeProvider } from './LeitstandThemeProvider';
export { createLeitstandTheme } from './createLeitstandTheme';
export { createCssVariables } from './cssVariables';
export { fonts, palettes, radii, spacingUnit } from './tokens';
export type { Palette, StatusColor, ThemeMode } from './tokens';
