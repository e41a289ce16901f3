import type { LogLine } from './logBuffer';

/** A piece of a line: what was searched for, or what stands between. */
export interface TextPart {
  text: string;
  isMatch: boolean;
}

/** Numbers of the lines that contain the text, whatever its case; none for an empty text. */
export function findLogLines(lines: readonly LogLine[], query: string): number[] {
  if (query === '') return [];
  const wanted = query.toLowerCase();
  return lines.filter(line => line.text.toLowerCase().includes(wanted)).map(line => line.number);
}

/** A line cut at each occurrence of the text, whatever its case. */
export function splitAtMatches(text: string, query: string): TextPart[] {
  if (query === '') return [{ text, isMatch: false }];
  const pattern = new RegExp(`(${query.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')})`, 'gi');
  return text
    .split(pattern)
    .map((part, index) => ({ text: part, isMatch: index % 2 === 1 }))
    .filter(part => part.text !== '');
}

/** The match after the present one, or before it, in a circle; the last one where there is no present one. */
export function stepMatch(matches: readonly number[], active: number | undefined, step: 1 | -1): number | undefined {
  if (active === undefined) return matches[matches.length - 1];
  const later = matches.findIndex(match => match > active);
  if (step === 1) return matches[later === -1 ? 0 : later];
  const earlier = matches.filter(match => match < active);
  return earlier[earlier.length - 1] ?? matches[matches.length - 1];
}
