// The lexical structure of GoogleSQL: https://cloud.google.com/bigquery/docs/reference/standard-sql/lexical
import { BigQueryError } from '../../model';

/** What a token is; `name` is an identifier or a keyword, `quoted` one in backticks. */
export type TokenKind = 'name' | 'quoted' | 'string' | 'bytes' | 'integer' | 'float' | 'parameter' | 'symbol' | 'end';

export interface Token {
  kind: TokenKind;
  /** Names as written, strings without quotes and escapes, bytes in base64, parameters without `@` (`?` is empty). */
  text: string;
  /** Offset in the statement, and behind it. */
  start: number;
  end: number;
}

/** `[line:column]` of an offset, counted from one. */
function positionOf(sql: string, offset: number): string {
  const lines = sql.slice(0, offset).split('\n');
  return `[${lines.length}:${lines[lines.length - 1].length + 1}]`;
}

/** A refusal of the statement at an offset. */
export function errorAt(sql: string, offset: number, message: string): BigQueryError {
  return new BigQueryError(`${message} at ${positionOf(sql, offset)}`, { reason: 'invalidQuery', location: 'query' });
}

const skipped = /(?:\s+|--[^\n]*|#[^\n]*|\/\*[\s\S]*?\*\/)+/y;
const stringStart = /(r|b|rb|br)?('''|"""|'|")/iy;
const patterns: [TokenKind, RegExp][] = [
  ['parameter', /@(\w+|`[^`]+`)|\?/y],
  ['float', /(?:\d+\.\d*|\.\d+)(?:[eE][+-]?\d+)?|\d+[eE][+-]?\d+/y],
  ['integer', /0[xX][0-9a-fA-F]+|\d+/y],
  ['name', /[A-Za-z_]\w*/y],
  ['quoted', /`(?:\\.|[^`\\\n])+`/y],
  ['symbol', /\|>|<=|>=|<>|!=|\|\||<<|>>|=>|[-+*/%()[\]{},.;:<>=&|^~@]/y],
];

const simpleEscapes: Record<string, string> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};
const escapes =
  /\\(?:[xX]([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-3][0-7]{2})|([abfnrtv?"'`\\])|([\s\S]?))/g;

/** @throws RangeError with the escape that there is not */
function unescape(text: string): string {
  return text.replace(escapes, (all, ...[hex, short, long, octal, simple]: (string | undefined)[]) => {
    const code = hex ?? short ?? long;
    if (code !== undefined) return String.fromCodePoint(parseInt(code, 16));
    if (octal !== undefined) return String.fromCodePoint(parseInt(octal, 8));
    if (simple !== undefined) return simpleEscapes[simple] ?? simple;
    throw new RangeError(all);
  });
}

function readString(sql: string, start: number, [opening, flags = '', quote]: RegExpExecArray): Token {
  const isRaw = /r/i.test(flags);
  const isBytes = /b/i.test(flags);
  const from = start + opening.length;
  let at = from;
  while (!sql.startsWith(quote, at)) {
    if (at >= sql.length || (quote.length === 1 && sql[at] === '\n')) {
      throw errorAt(sql, start, `Syntax error: Unclosed ${quote.length === 3 ? 'triple-quoted ' : ''}string literal`);
    }
    at += sql[at] === '\\' ? 2 : 1;
  }
  const raw = sql.slice(from, at);
  const end = at + quote.length;
  try {
    if (isBytes) {
      // Each escape is one byte, everything else its UTF-8.
      const parts = isRaw ? [raw] : raw.split(/(\\[xX][0-9a-fA-F]{2}|\\[0-3][0-7]{2})/);
      const chunks = parts.map(part =>
        Buffer.from(isRaw ? part : unescape(part), /^\\[xX0-3]/.test(part) && !isRaw ? 'latin1' : 'utf8'),
      );
      return { kind: 'bytes', text: Buffer.concat(chunks).toString('base64'), start, end };
    }
    return { kind: 'string', text: isRaw ? raw : unescape(raw), start, end };
  } catch (cause) {
    throw errorAt(sql, start, `Syntax error: Illegal escape sequence: ${(cause as Error).message}`);
  }
}

function textOf(kind: TokenKind, text: string): string {
  if (kind === 'quoted') return unescape(text.slice(1, -1));
  if (kind === 'parameter') return text.replace(/^[@?]|`/g, '');
  return text;
}

/** Splits statements into tokens, the last of which is the end. @throws BigQueryError invalidQuery */
export function tokenize(sql: string): Token[] {
  const tokens: Token[] = [];
  const match = (pattern: RegExp, at: number) => {
    pattern.lastIndex = at;
    return pattern.exec(sql);
  };
  let at = 0;
  for (;;) {
    at += match(skipped, at)?.[0].length ?? 0;
    if (at >= sql.length) break;
    const opening = match(stringStart, at);
    let token: Token | undefined = opening ? readString(sql, at, opening) : undefined;
    for (const [kind, pattern] of token ? [] : patterns) {
      const found = match(pattern, at)?.[0];
      if (found === undefined) continue;
      token = { kind, text: textOf(kind, found), start: at, end: at + found.length };
      break;
    }
    if (!token) throw errorAt(sql, at, `Syntax error: Illegal input character "${sql[at]}"`);
    if (token.text.includes('\0')) throw errorAt(sql, at, 'The homelab does not model the character U+0000 in a text');
    tokens.push(token);
    at = token.end;
  }
  tokens.push({ kind: 'end', text: '', start: sql.length, end: sql.length });
  return tokens;
}
