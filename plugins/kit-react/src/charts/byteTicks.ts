/** With more steps the labels of lying bars would meet. */
const maxStepCount = 4;

/**
 * Ticks of an axis of sizes in bytes: from zero in steps of a power of two, so that their labels are round (`64 MiB`).
 *
 * @returns ascending; the last is the largest value or above it
 */
export function byteTicks(largestBytes: number): number[] {
  const stepBytes = 2 ** Math.ceil(Math.log2(Math.max(1, largestBytes / maxStepCount)));
  const stepCount = Math.max(1, Math.ceil(largestBytes / stepBytes));
  return Array.from({ length: stepCount + 1 }, (_, index) => index * stepBytes);
}
