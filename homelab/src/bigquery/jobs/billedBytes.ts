const mebibyte = 1024 * 1024;
/** What a table is billed for at least. */
const minimumBilledBytes = 10 * mebibyte;

/** Bytes that are billed for a table of which so many are read: whole MiB, and 10 MiB at least; nothing for nothing. */
export function billedBytes(sizeBytes: number): number {
  return sizeBytes === 0 ? 0 : Math.max(minimumBilledBytes, Math.ceil(sizeBytes / mebibyte) * mebibyte);
}
