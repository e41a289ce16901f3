/** A number of a model in up to five significant digits; very small and very large ones with an exponent. */
export function formatNumber(value: number, locale: string = 'en'): string {
  const size = Math.abs(value);
  const isExtreme = size !== 0 && (size < 1e-4 || size >= 1e9);
  return new Intl.NumberFormat(locale, {
    ...(isExtreme
      ? { notation: 'scientific', maximumFractionDigits: 3 }
      : { maximumSignificantDigits: digitsOf(size) }),
    useGrouping: size >= 10_000,
  }).format(value);
}

/** All digits before the decimal sign, and at least five in all. */
function digitsOf(size: number): number {
  return Math.max(5, Math.floor(Math.log10(Math.max(1, size))) + 1);
}

/** A share as per cent with one decimal. */
export function formatShare(value: number, locale: string = 'en'): string {
  return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 }).format(value);
}

/** An amount of money; the small ones of queries keep two digits that say something. */
export function formatCost({ amount, currency }: { amount: number; currency: string }, locale: string = 'en'): string {
  const isSmall = amount !== 0 && Math.abs(amount) < 0.01;
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    ...(isSmall && { minimumFractionDigits: 2, maximumFractionDigits: 20, maximumSignificantDigits: 2 }),
  }).format(amount);
}
