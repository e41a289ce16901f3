import { formatBytes, formatDuration, useLocale } from '@leitstand/plugin-kit-react';
import { useMemo } from 'react';
import { formatCost, formatNumber, formatShare } from '../model/formatNumber';

/** Ways to write numbers in the person's language. */
export function useFormats() {
  const locale = useLocale();
  return useMemo(
    () => ({
      number: (value: number) => formatNumber(value, locale),
      share: (value: number) => formatShare(value, locale),
      bytes: (value: number) => formatBytes(value, locale),
      duration: (valueMs: number) => formatDuration(valueMs, locale),
      cost: (value: { amount: number; currency: string }) => formatCost(value, locale),
    }),
    [locale],
  );
}
