import type { Price } from '../config';

const bytesPerTebibyte = 1024 ** 4;

/** What so many billed bytes cost on demand; undefined where no price is configured. */
export function costOf(bytes: number, price: Price | undefined): { amount: number; currency: string } | undefined {
  return price && { amount: (bytes / bytesPerTebibyte) * price.perTebibyte, currency: price.currency };
}
