/** `2026-11`, in UTC. */
export function monthOf(date: Date): string {
  return date.toISOString().slice(0, 7);
}

/** From its first moment to that of the next, in UTC. */
export function rangeOfMonth(month: string): { from: Date; to: Date } {
  const [year, number] = month.split('-').map(Number);
  return { from: new Date(Date.UTC(year, number - 1)), to: new Date(Date.UTC(year, number)) };
}

/** So many months, this one the last. */
export function monthsUntil(month: string, count: number): string[] {
  const [year, number] = month.split('-').map(Number);
  return Array.from({ length: count }, (_, index) => monthOf(new Date(Date.UTC(year, number - count + index))));
}
