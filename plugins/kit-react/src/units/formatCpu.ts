/**
 * Computing power as parts of a processor: `0.25 CPU`, `3.5 CPU`. A millicore is the smallest part that Kubernetes knows.
 *
 * @param locale BCP 47 tag, for the decimal sign. Default: `en`
 */
export function formatCpu(cores: number, locale: string = 'en'): string {
  const maximumFractionDigits = cores < 1 ? 3 : cores < 10 ? 2 : 1;
  return `${new Intl.NumberFormat(locale, { maximumFractionDigits }).format(cores)} CPU`;
}
