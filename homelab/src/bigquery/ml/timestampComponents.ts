const dayMs = 86_400_000;

function weekOfYear(time: Date): number {
  const newYear = Date.UTC(time.getUTCFullYear(), 0, 1);
  const dayOfYear = Math.floor((time.getTime() - newYear) / dayMs);
  return Math.floor((dayOfYear + new Date(newYear).getUTCDay()) / 7);
}

/**
 * Prefix of `processed_input` → what is taken out of a TIMESTAMP as a category, in UTC.
 * https://cloud.google.com/bigquery/docs/auto-preprocessing#timestamp-transform
 */
const components: Record<string, (time: Date) => number> = {
  _TS_DOM_: time => time.getUTCDate(),
  _TS_DOW_: time => time.getUTCDay() + 1,
  _TS_MOY_: time => time.getUTCMonth() + 1,
  _TS_HOD_: time => time.getUTCHours(),
  _TS_MOH_: time => time.getUTCMinutes(),
  _TS_WOY_: weekOfYear,
  _TS_YEAR_: time => time.getUTCFullYear(),
};

/** Prefixes of the inputs that a TIMESTAMP becomes beside its time. */
export const timestampPrefixes = Object.keys(components);

/** @param micros - as text, since 1970 */
export function timestampComponent(micros: string, prefix: string): string {
  return String(components[prefix]!(new Date(Number(BigInt(micros) / 1000n))));
}
