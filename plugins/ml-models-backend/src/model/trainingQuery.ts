import { maskSql } from './maskSql';

/**
 * The query that a `CREATE MODEL` statement trains on: what stands after `AS`, behind the parentheses of its options.
 *
 * Source: {@link https://cloud.google.com/bigquery/docs/reference/standard-sql/bigqueryml-syntax-create-glm}
 *
 * @returns undefined where the statement has another form
 */
export function trainingQueryOf(sql: string): string | undefined {
  const masked = maskSql(sql, 'nothing');
  const options = /\bOPTIONS\s*\(/i.exec(masked);
  if (!options) return undefined;
  const end = closingParenthesis(masked, options.index + options[0].length);
  if (end === undefined) return undefined;
  const rest = masked.slice(end + 1);
  const [as] = /^\s*AS\s+/i.exec(rest) ?? [];
  const length = rest.replace(/;?\s*$/, '').length;
  if (as === undefined || length <= as.length) return undefined;
  return sql.slice(end + 1 + as.length, end + 1 + length);
}

/** Position of the parenthesis that closes one opened before. */
function closingParenthesis(masked: string, from: number): number | undefined {
  let depth = 1;
  for (let index = from; index < masked.length; index += 1) {
    if (masked[index] === '(') depth += 1;
    else if (masked[index] === ')') {
      depth -= 1;
      if (depth === 0) return index;
    }
  }
  return undefined;
}
