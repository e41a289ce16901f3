import type { ComputeQuantities } from '@leitstand/plugin-rollouts-common';

const factors: Readonly<Record<string, number>> = {
  '': 1,
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/**
 * A quantity as a number; undefined where it is none, or negative.
 *
 * Source: {@link https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/}
 */
export function parseQuantity(quantity: string | number | undefined): number | undefined {
  if (quantity === undefined) return undefined;
  const match = /^\+?(\d+\.?\d*|\.\d+)(?:([eE][+-]?\d+)|([numkMGTPE]|[KMGTPE]i))?$/.exec(String(quantity));
  if (!match) return undefined;
  const [, digits, exponent = '', suffix = ''] = match;
  const value = Number(digits + exponent) * factors[suffix];
  // 1e-9 is not a binary fraction: rounded to what Kubernetes can express.
  return Number.isFinite(value) ? Math.round(value * 1e9) / 1e9 : undefined;
}

/** CPU in cores and memory in bytes. */
export function computeQuantitiesOf(quantities: {
  cpu?: string | number;
  memory?: string | number;
}): ComputeQuantities {
  const [cpuCores, memoryBytes] = [parseQuantity(quantities.cpu), parseQuantity(quantities.memory)];
  return { ...(cpuCores === undefined ? {} : { cpuCores }), ...(memoryBytes === undefined ? {} : { memoryBytes }) };
}

/** Adds up; a side that none of them has stays absent. */
export function sumOfQuantities(all: readonly ComputeQuantities[]): ComputeQuantities {
  const sum: ComputeQuantities = {};
  for (const { cpuCores, memoryBytes } of all) {
    if (cpuCores !== undefined) sum.cpuCores = (sum.cpuCores ?? 0) + cpuCores;
    if (memoryBytes !== undefined) sum.memoryBytes = (sum.memoryBytes ?? 0) + memoryBytes;
  }
  return sum;
}
