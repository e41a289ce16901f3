/** A time as the API prints it (metav1.Time): RFC 3339 in UTC, seconds. @param epochMs - milliseconds since the epoch */
export function formatTime(epochMs: number): string {
  return new Date(epochMs).toISOString().replace(/\.\d+Z$/, 'Z');
}
