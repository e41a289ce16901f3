import { quoteText } from '../names';
import type { RuleCall } from './rule';

/** `$`, then names with dots or in brackets, and numbers in brackets. */
const pathForm = /^\$(?:\.[A-Za-z_]\w*|\[\d+\]|\["[^"\\]*"\]|\."[^"\\]*")*$/;

/** The path of a JSON function. @throws BigQueryError for one that is not modelled, or no literal */
export function jsonPath({ compilation, at, args }: RuleCall): string {
  const text = args[1] ? args[1].text : '$';
  if (text === undefined) throw compilation.refused(at, 'JSON paths that are neither literals nor query parameters');
  if (!pathForm.test(text)) throw compilation.refused(at, `the JSON path ${text}`);
  return quoteText(text.replace(/\["([^"]*)"\]/g, '."$1"'));
}
