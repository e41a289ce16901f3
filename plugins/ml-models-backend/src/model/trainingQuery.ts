/**
 * The query that a `CREATE MODEL` statement trains on: what stands after `AS`, behind the parentheses of its options.
 *
 * Source: {@link https://cloud.google.com/bigquery/docs/reference/standard-sql/bigqueryml-syntax-create-glm}
 *
 * @returns undefined where the statement has another form
 */
export function trainingQueryOf(sql: string): string | undefined {
  const start = /\bOPTIONS\s*\(/i.exec(sql);
  if (!start) return undefined;
  const end = closingParenthesis(sql, start.index + start[0].length);
  if (end === undefined) return undefined;
  const [, query] = /^\s*AS\s+([\s\S]+?);?\s*$/i.exec(sql.slice(end + 1)) ?? [];
  return query;
}

/** Position of the parenthesis that closes one opened before; quoted texts do not count. */
function closingParenthesis(sql: string, from: number): number | undefined {
  let depth = 1;
  let quote: string | undefined;
  for (let index = from; index < sql.length; index += 1) {
    const character = sql[index];
    if (quote !== undefined) {
      if (character === '\\') index += 1;
      else if (character === quote) quote = undefined;
    } else if (character === "'" || character === '"' || character === '`') quote = character;
    else if (character === '(') depth += 1;
    else if (character === ')') {
      depth -= 1;
      if (depth === 0) return index;
    }
  }
  return undefined;
}
