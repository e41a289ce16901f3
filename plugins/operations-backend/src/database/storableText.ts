/** Stands for a character that cannot be kept (U+FFFD). */
const replacement = '\uFFFD';

/**
 * A text as every database keeps it: without NUL, which PostgreSQL refuses, without halves of characters, which UTF-8 has no
 * form for, and not longer than its column. Words of operations and upstreams go through it: what cannot be written would keep
 * a run from ever ending.
 *
 * @param maxLength - of the column, in characters. Default: any
 */
export function storableText(text: string, maxLength = Infinity): string {
  const wellFormed = Buffer.from(text.slice(0, maxLength), 'utf8').toString('utf8');
  return wellFormed.replaceAll('\u0000', replacement);
}
