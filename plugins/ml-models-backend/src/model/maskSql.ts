/** Comments, texts of every kind of quotes and prefix, and quoted names; what is not closed ends with its line or statement. */
const quoted =
  /--[^\n]*|#[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|'''(?:\\[\s\S]|[^\\])*?(?:'''|$)|"""(?:\\[\s\S]|[^\\])*?(?:"""|$)|(['"`])(?:\\[^\n]|(?!\1)[^\\\n])*(?:\1|(?=\n)|$)/g;

/**
 * A statement in which nothing that is only text can be taken for SQL: comments become blanks, texts become quotation marks,
 * everything else stays in its place. A backslash in a raw text stands before the closing quote like in any other.
 *
 * Source: {@link https://cloud.google.com/bigquery/docs/reference/standard-sql/lexical}
 *
 * @param keeps - `names` leaves names in backticks as they are; `nothing` fills them too
 */
export function maskSql(sql: string, keeps: 'names' | 'nothing'): string {
  return sql.replace(quoted, (part: string, quote: string | undefined) => {
    if (quote === '`') return keeps === 'names' ? part : '`'.repeat(part.length);
    return (/^['"]/.test(part) ? "'" : ' ').repeat(part.length);
  });
}
