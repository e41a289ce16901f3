const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];

/**
 * A size in binary units with up to one decimal: `1.5 MiB`, `812 B`.
 *
 * @param locale BCP 47 tag, for the decimal sign. Default: `en`
 */
export function formatBytes(sizeBytes: number, locale: string = 'en'): string {
  const magnitude = Math.max(1, Math.abs(sizeBytes));
  const power = Math.min(units.length - 1, Math.floor(Math.log2(magnitude) / 10));
  const value = new Intl.NumberFormat(locale, { maximumFractionDigits: power === 0 ? 0 : 1 }).format(
    sizeBytes / 1024 ** power,
  );
  return `${value} ${units[power]}`;
}
