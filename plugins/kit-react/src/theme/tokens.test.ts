import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createCssVariables } from './cssVariables';
import { palettes, type Palette } from './tokens';

/** Contrast of two opaque `#rrggbb` colours, source: {@link https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio} */
function contrast(first: string, second: string): number {
  const [lighter, darker] = [luminance(first), luminance(second)].sort((a, b) => b - a);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(color: string): number {
  const [red, green, blue] = [1, 3, 5]
    .map(at => parseInt(color.slice(at, at + 2), 16) / 255)
    .map(value => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function textPairs(palette: Palette): [name: string, color: string, background: string][] {
  const surfaces = [palette.canvas, palette.surface, palette.surfaceMuted, palette.surfaceHover];
  const texts = { text: palette.text, textSecondary: palette.textSecondary, accent: palette.accent };
  const statuses = {
    ok: palette.ok,
    warning: palette.warning,
    error: palette.error,
    info: palette.info,
    neutral: palette.neutral,
  };
  return [
    ...Object.entries(texts).flatMap(([name, color]) =>
      surfaces.map(surface => [name, color, surface] as [string, string, string]),
    ),
    ...Object.entries(statuses).flatMap(([name, status]) =>
      [palette.canvas, palette.surface, status.subtle].map(
        surface => [name, status.main, surface] as [string, string, string],
      ),
    ),
    ['onAccent', palette.onAccent, palette.accent],
    ['navigation', palette.navigation.text, palette.navigation.background],
    ['navigation', palette.navigation.text, palette.navigation.hover],
  ];
}

describe.each(['light', 'dark'] as const)('%s palette', mode => {
  it('has a contrast of at least 4.5:1 for text and status colours', () => {
    const tooWeak = textPairs(palettes[mode]).filter(([, color, background]) => contrast(color, background) < 4.5);
    expect(tooWeak).toEqual([]);
  });

  it('has a contrast of at least 3:1 for the borders of inputs and the focus ring', () => {
    const { borderStrong, focus, surface, canvas } = palettes[mode];
    expect(
      Math.min(contrast(borderStrong, surface), contrast(focus, surface), contrast(focus, canvas)),
    ).toBeGreaterThan(3);
  });
});

describe('createCssVariables', () => {
  // Resolving the style sheet itself gives jest's stub for style sheets.
  const libraryDirectory = dirname(require.resolve('@backstage/ui/package.json'));
  const library = readFileSync(join(libraryDirectory, 'dist/css/styles.css'), 'utf8');

  it('names only variables that the library has', () => {
    const names = new Set(createCssVariables().match(/--bui-[\w-]+/g));
    expect([...names].filter(name => !library.includes(`${name}:`))).toEqual([]);
  });

  it('gives every colour of the library a value of ours', () => {
    const colors = new Set(
      library.match(
        /--bui-(bg|fg|border|accent|announcement|warning|negative|positive)-[\w-]+(?=: (#|oklch|var\(--bui-(white|black|gray)))/g,
      ),
    );
    expect([...colors].filter(name => !createCssVariables().includes(`${name}:`))).toEqual([]);
  });
});
