const units = [
  { unit: 'year', ms: 31_556_952_000 },
  { unit: 'month', ms: 2_629_746_000 },
  { unit: 'day', ms: 86_400_000 },
  { unit: 'hour', ms: 3_600_000 },
  { unit: 'minute', ms: 60_000 },
  { unit: 'second', ms: 1_000 },
] as const;

/** What {@link formatRelativeTime} needs to know beside the time itself. */
export interface RelativeTimeContext {
  now: Date;
  /** BCP 47 tag. */
  locale: string;
}

/** The distance to now in its largest unit, cut rather than rounded: `3 min. ago`, `now`, `in 2 hr.` */
export function formatRelativeTime(time: Date, context: RelativeTimeContext): string {
  const distanceMs = time.getTime() - context.now.getTime();
  const { unit, ms } = units.find(candidate => Math.abs(distanceMs) >= candidate.ms) ?? units[units.length - 1];
  const format = new Intl.RelativeTimeFormat(context.locale, {
    style: 'short',
    numeric: unit === 'second' ? 'auto' : 'always',
  });
  return format.format(Math.trunc(distanceMs / ms), unit);
}

/** Time to the minute, with the date unless it is today's, and the year unless it is this year's: `19 Nov, 14:02`. */
export function formatMoment(time: Date, context: RelativeTimeContext): string {
  const { now, locale } = context;
  const isThisYear = time.getFullYear() === now.getFullYear();
  const isToday = time.toDateString() === now.toDateString();
  return new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, {
    ...(!isToday && { day: 'numeric', month: 'short' }),
    ...(!isThisYear && { year: 'numeric' }),
    ...{ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  }).format(time);
}

/** Date, time to the second and time zone: `21 Nov 2026, 08:12:45 CET`. In the reader's zone unless another is given. */
export function formatAbsoluteTime(time: Date, options: { locale: string; timeZone?: string }): string {
  return new Intl.DateTimeFormat(options.locale === 'en' ? 'en-GB' : options.locale, {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
    timeZone: options.timeZone,
  }).format(time);
}
