/** `1 replica`, `2 replicas`. */
export function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** `All 2 replicas are`, `Its only replica is`. */
export function allOf(count: number, noun: string): string {
  return count === 1 ? `Its only ${noun} is` : `All ${countOf(count, noun)} are`;
}
