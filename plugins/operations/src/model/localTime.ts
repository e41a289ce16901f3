/** The reader's time zone, for example `Europe/Berlin`. */
export function localTimeZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** ISO 8601 with zone → what `<input type="datetime-local">` shows, in the reader's zone. Empty for no time. */
export function toLocalInput(time: string | undefined): string {
  const date = new Date(time ?? Number.NaN);
  if (Number.isNaN(date.getTime())) return '';
  const two = (value: number) => String(value).padStart(2, '0');
  const day = [String(date.getFullYear()).padStart(4, '0'), two(date.getMonth() + 1), two(date.getDate())].join('-');
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** The other way; undefined for what is no time (yet). */
export function fromLocalInput(text: string): string | undefined {
  if (!/^\d{4,}-\d\d-\d\dT\d\d:\d\d/.test(text)) return undefined;
  // Without a zone the text is read in the reader's.
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}
