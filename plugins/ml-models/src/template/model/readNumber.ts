/** A number out of a text; the text itself where it is none, and undefined for nothing. */
export function readNumber(text: string): number | string | undefined {
  if (text.trim() === '') return undefined;
  const value = Number(text.replace(',', '.'));
  return Number.isFinite(value) ? value : text;
}
