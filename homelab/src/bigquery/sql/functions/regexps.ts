// Both sides have RE2, but take different groups:
// https://cloud.google.com/bigquery/docs/reference/standard-sql/string_functions#regexp_extract
import type { RuleCall } from './rule';

/** How many groups an expression captures: brackets that are not escaped, in a class, or `(?:`. */
function countGroups(pattern: string): number {
  const plain = pattern.replace(/\\Q[\s\S]*?(\\E|$)|\\[\s\S]/g, '').replace(/\[\^?\]?[^\]]*\]/g, '');
  return [...plain.matchAll(/\((?!\?)|\(\?P?<[a-zA-Z]/g)].length;
}

function patternOf({ compilation, at, args }: RuleCall, name: string): string {
  const { text } = args[1];
  if (text === undefined)
    throw compilation.refused(at, `${name} with an expression that is neither a literal nor a query parameter`);
  return text;
}

function groupOf(call: RuleCall, name: string): number {
  const count = countGroups(patternOf(call, name));
  if (count > 1)
    throw call.compilation.error(
      call.at,
      `Regular expressions passed into extraction functions must not have more than 1 capturing group`,
    );
  return count;
}

/** The only group, or all that matches; NULL where nothing does. */
export function emitRegexpExtract(call: RuleCall): string {
  const [text, pattern] = call.args.map(({ sql }) => sql);
  const group = groupOf(call, 'REGEXP_EXTRACT');
  return `CASE WHEN regexp_matches(${text}, ${pattern}) THEN regexp_extract(${text}, ${pattern}, ${group}) END`;
}

/** All matches of the only group, or of the whole. */
export function emitRegexpExtractAll(call: RuleCall): string {
  const [text, pattern] = call.args.map(({ sql }) => sql);
  return `regexp_extract_all(${text}, ${pattern}, ${groupOf(call, 'REGEXP_EXTRACT_ALL')})`;
}

/** Replaces all matches; `\1` and so on are groups on both sides. */
export function emitRegexpReplace({ args }: RuleCall): string {
  return `regexp_replace(${args.map(({ sql }) => sql).join(', ')}, 'g')`;
}
