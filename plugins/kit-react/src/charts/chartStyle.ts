import { palettes, type ThemeMode } from '../theme';

/** The colours of charts in one mode: distinct by lightness too, so that they differ without colour. */
export function seriesColors(mode: ThemeMode) {
  const { accent, warning, ok, error, info, borderStrong } = palettes[mode];
  return {
    series: [accent, warning.main, ok.main, error.main, info.main],
    /** Of lines that only help to read. */
    reference: borderStrong,
    above: accent,
    below: warning.main,
  };
}

/**
 * Above the drawing, in px: a tick's label at its very top is left out unless it fits there.
 */
export const topMarginPx = 20;

/** Titles of axes are as small as the numbers beside them. */
export const labelStyle = { fontSize: 12 };
