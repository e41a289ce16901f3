// https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
const factors: Record<string, number> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
};

/** `250m` → 0.25, `64Mi` → 67108864; NaN when it is no quantity. */
export function parseQuantity(text: string): number {
  const match = /^([+-]?[\d.]+)(n|u|m|k|M|G|T|Ki|Mi|Gi|Ti|)$/.exec(text);
  return match ? Number(match[1]) * factors[match[2]] : Number.NaN;
}

/** A number of cores, or anything that is counted in thousandths: 0.25 → `250m`. */
export function formatQuantity(value: number): string {
  return Number.isInteger(value) ? String(value) : `${Math.round(value * 1_000)}m`;
}
