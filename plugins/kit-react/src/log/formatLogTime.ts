/** Time to the millisecond with its zone: `21 Nov, 08:12:45.123 CET`. In the reader's zone unless another is given. */
export function logTimeFormat(options: { locale: string; timeZone?: string }): (at: string) => string {
  const format = new Intl.DateTimeFormat(options.locale === 'en' ? 'en-GB' : options.locale, {
    month: 'short',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    fractionalSecondDigits: 3,
    hourCycle: 'h23',
    timeZoneName: 'short',
    timeZone: options.timeZone,
  });
  return at => {
    const time = new Date(at);
    return Number.isNaN(time.getTime()) ? at : format.format(time);
  };
}
