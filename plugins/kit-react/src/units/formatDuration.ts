const units = [
  { unit: 'day', ms: 86_400_000 },
  { unit: 'hour', ms: 3_600_000 },
  { unit: 'minute', ms: 60_000 },
  { unit: 'second', ms: 1_000 },
] as const;

/**
 * A duration in its two largest units, cut rather than rounded: `3m 20s`, `2d 4h`, `450ms`.
 * Negative durations count as none.
 *
 * @param locale BCP 47 tag. Default: `en`
 */
export function formatDuration(durationMs: number, locale: string = 'en'): string {
  const wholeMs = Math.max(0, Math.floor(durationMs));
  if (wholeMs === 0) return format(0, 'second', locale);
  const first = units.findIndex(({ ms }) => wholeMs >= ms);
  if (first === -1) return format(wholeMs, 'millisecond', locale);
  const { unit, ms } = units[first];
  const parts = [format(Math.floor(wholeMs / ms), unit, locale)];
  const next = units[first + 1];
  const rest = next && Math.floor((wholeMs % ms) / next.ms);
  if (next && rest) parts.push(format(rest, next.unit, locale));
  return parts.join(' ');
}

function format(value: number, unit: string, locale: string): string {
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'narrow' }).format(value);
}
