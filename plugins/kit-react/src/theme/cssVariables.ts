import { fonts, palettes, radii, spacingUnit, type Palette, type StatusColor, type ThemeMode } from './tokens';

/**
 * CSS that gives the variables of `@backstage/ui` the values of our tokens, for both modes.
 * It stands outside of any cascade layer and therefore wins over the library's own `@layer tokens`.
 */
export function createCssVariables(): string {
  return [
    rule(":root, [data-theme-mode='light']", { ...sharedVariables(), ...paletteVariables('light') }),
    rule("[data-theme-mode='dark']", paletteVariables('dark')),
  ].join('\n');
}

function rule(selector: string, variables: Record<string, string>): string {
  const body = Object.entries(variables).map(([name, value]) => `  --bui-${name}: ${value};`);
  return `${selector} {\n${body.join('\n')}\n}`;
}

function sharedVariables(): Record<string, string> {
  return {
    'font-regular': fonts.text,
    'font-monospace': fonts.code,
    // Headings of cards and pages one step smaller than the library's: more of the state on one screen.
    'font-size-5': '16px',
    'font-size-6': '22px',
    space: `${spacingUnit / 2}px`,
    'radius-1': `${radii.small}px`,
    'radius-2': `${radii.medium}px`,
    'radius-3': `${radii.large}px`,
    'radius-4': `${radii.large}px`,
    'radius-5': `${radii.large}px`,
    'radius-6': `${radii.large}px`,
  };
}

function paletteVariables(mode: ThemeMode): Record<string, string> {
  const palette = palettes[mode];
  return {
    ring: palette.focus,
    scrollbar: 'transparent',
    'scrollbar-thumb': palette.borderStrong,
    'bg-app': palette.canvas,
    ...neutralVariables(palette),
    'fg-primary': palette.text,
    'fg-secondary': palette.textSecondary,
    'fg-disabled': palette.textDisabled,
    'fg-positive': palette.ok.main,
    'fg-success': palette.ok.main,
    'fg-negative': palette.error.main,
    'fg-danger': palette.error.main,
    'fg-warning': palette.warning.main,
    'fg-announcement': palette.info.main,
    'fg-info': palette.info.main,
    'border-1': palette.border,
    'border-2': palette.borderStrong,
    ...accentVariables(palette),
    ...statusVariables('positive', palette.ok, palette),
    ...statusVariables('warning', palette.warning, palette),
    ...statusVariables('negative', palette.error, palette),
    ...statusVariables('announcement', palette.info, palette),
    ...deprecatedStatusVariables(palette),
    shadow: palette.shadow,
  };
}

/** The library nests surfaces up to four deep; ours alternate between two. */
function neutralVariables(palette: Palette): Record<string, string> {
  const surfaces = [palette.surface, palette.surfaceMuted, palette.surface, palette.surfaceMuted];
  return Object.fromEntries(
    surfaces.flatMap((surface, index) => [
      [`bg-neutral-${index + 1}`, surface],
      [`bg-neutral-${index + 1}-hover`, palette.surfaceHover],
      [`bg-neutral-${index + 1}-pressed`, palette.border],
      [`bg-neutral-${index + 1}-disabled`, palette.surfaceMuted],
    ]),
  );
}

function accentVariables(palette: Palette): Record<string, string> {
  return {
    'accent-bg': palette.accent,
    'accent-bg-hover': palette.accentHover,
    'accent-bg-disabled': palette.surfaceHover,
    'accent-fg': palette.onAccent,
    'accent-fg-disabled': palette.textDisabled,
    'bg-solid': palette.accent,
    'bg-solid-hover': palette.accentHover,
    'bg-solid-pressed': palette.accentHover,
    'bg-solid-disabled': palette.surfaceHover,
    'fg-solid': palette.onAccent,
    'fg-solid-disabled': palette.textDisabled,
  };
}

function statusVariables(name: string, status: StatusColor, palette: Palette): Record<string, string> {
  return {
    [`${name}-bg`]: status.main,
    [`${name}-bg-hover`]: status.main,
    [`${name}-bg-disabled`]: palette.surfaceHover,
    [`${name}-bg-subdued`]: status.subtle,
    [`${name}-bg-subdued-hover`]: status.subtle,
    [`${name}-bg-subdued-disabled`]: palette.surfaceHover,
    [`${name}-border`]: status.border,
    [`${name}-fg`]: palette.surface,
    [`${name}-fg-disabled`]: palette.textDisabled,
    [`${name}-fg-subdued`]: status.main,
    [`${name}-fg-subdued-disabled`]: palette.textDisabled,
  };
}

/** Names that the library calls deprecated and its components still read. */
function deprecatedStatusVariables(palette: Palette): Record<string, string> {
  const byName: Record<string, StatusColor> = {
    danger: palette.error,
    warning: palette.warning,
    success: palette.ok,
    info: palette.info,
  };
  return Object.fromEntries(
    Object.entries(byName).flatMap(([name, status]) => [
      [`bg-${name}`, status.subtle],
      [`fg-${name}-on-bg`, status.main],
      [`border-${name}`, status.border],
    ]),
  );
}
