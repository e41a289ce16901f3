import type { BigQueryError } from '../../model';
import { errorAt, tokenize, type Token } from './tokens';

/** Words that cannot be names without backticks (lexical structure, "Reserved keywords"). */
const reserved = new Set(
  (
    'ALL AND ANY ARRAY AS ASC ASSERT_ROWS_MODIFIED AT BETWEEN BY CASE CAST COLLATE CONTAINS CREATE CROSS CUBE CURRENT DEFAULT ' +
    'DEFINE DESC DISTINCT ELSE END ENUM ESCAPE EXCEPT EXCLUDE EXISTS EXTRACT FALSE FETCH FOLLOWING FOR FROM FULL GROUP ' +
    'GROUPING GROUPS HASH HAVING IF IGNORE IN INNER INTERSECT INTERVAL INTO IS JOIN LATERAL LEFT LIKE LIMIT LOOKUP MERGE ' +
    'NATURAL NEW NO NOT NULL NULLS OF ON OR ORDER OUTER OVER PARTITION PRECEDING PROTO QUALIFY RANGE RECURSIVE RESPECT ' +
    'RIGHT ROLLUP ROWS SELECT SET SOME STRUCT TABLESAMPLE THEN TO TREAT TRUE UNBOUNDED UNION UNNEST USING WHEN WHERE ' +
    'WINDOW WITH WITHIN'
  ).split(' '),
);

/** Reads a statement token by token. */
export class TokenReader {
  private readonly tokens: Token[];
  private index = 0;
  /** Positional parameters so far. */
  positionCount = 0;

  /** @throws BigQueryError invalidQuery */
  constructor(readonly sql: string) {
    this.tokens = tokenize(sql);
  }

  peek(ahead = 0): Token {
    return this.tokens[Math.min(this.index + ahead, this.tokens.length - 1)];
  }

  /** Offset of the next token. */
  get at(): number {
    return this.peek().start;
  }

  next(): Token {
    const token = this.peek();
    this.index = Math.min(this.index + 1, this.tokens.length - 1);
    return token;
  }

  /** Goes back to an earlier place. */
  mark(): () => void {
    const { index } = this;
    return () => {
      this.index = index;
    };
  }

  /** Is the next (or a later) token this keyword or symbol? */
  is(word: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return (token.kind === 'name' || token.kind === 'symbol') && token.text.toUpperCase() === word;
  }

  /** Are the next tokens these words? */
  are(words: string): boolean {
    return words.split(' ').every((word, ahead) => this.is(word, ahead));
  }

  /** Reads these words if they come next. */
  accept(words: string): boolean {
    if (!this.are(words)) return false;
    for (const _ of words.split(' ')) this.next();
    return true;
  }

  /** @throws BigQueryError when something else comes next */
  expect(words: string): void {
    for (const word of words.split(' ')) {
      if (!this.accept(word)) throw this.expected(/^\w+$/.test(word) ? `keyword ${word}` : `"${word}"`);
    }
  }

  /** Reads a name. @throws BigQueryError when there is none */
  identifier(): string {
    const token = this.peek();
    if (token.kind === 'quoted' || this.isName()) return this.next().text;
    throw this.expected('identifier');
  }

  /** Is the next (or a later) token a name that is not reserved? */
  isName(ahead = 0): boolean {
    const token = this.peek(ahead);
    return token.kind === 'quoted' || (token.kind === 'name' && !reserved.has(token.text.toUpperCase()));
  }

  /** Reads `AS name`, or a name without `AS`. */
  alias(): string | undefined {
    if (this.accept('AS')) return this.identifier();
    return this.isName() ? this.identifier() : undefined;
  }

  /** Reads items with commas between. */
  list<T>(read: () => T): T[] {
    const items = [read()];
    while (this.accept(',')) items.push(read());
    return items;
  }

  /** Reads a name in parts. A table's first part may have dashes; in backticks the dots divide. */
  path(): string[] {
    const parts = this.pathPart();
    while (this.is('.') && this.peek(1).kind !== 'end') {
      this.next();
      // Behind a dot keywords are names as well.
      parts.push(...(this.peek().kind === 'name' ? [this.next().text] : this.pathPart()));
    }
    return parts;
  }

  private pathPart(): string[] {
    const isQuoted = this.peek().kind === 'quoted';
    let text = this.identifier();
    if (isQuoted) return text.split('.');
    while (this.is('-') && this.peek().start === this.peek(-1).end && this.peek(1).start === this.peek().end) {
      this.next();
      text += `-${this.next().text}`;
    }
    return [text];
  }

  /** The next token is not what should come. */
  expected(what: string): BigQueryError {
    return errorAt(this.sql, this.at, `Syntax error: Expected ${what} but got ${this.describe()}`);
  }

  /** The next token makes no sense. */
  unexpected(): BigQueryError {
    return errorAt(this.sql, this.at, `Syntax error: Unexpected ${this.describe()}`);
  }

  /** A construct that BigQuery has, but the homelab does not model. */
  refused(what: string, at = this.at): BigQueryError {
    return errorAt(this.sql, at, `The homelab does not model ${what}`);
  }

  private describe(): string {
    const { kind, text } = this.peek();
    switch (kind) {
      case 'end':
        return 'end of statement';
      case 'name':
        return reserved.has(text.toUpperCase()) ? `keyword ${text.toUpperCase()}` : `identifier "${text}"`;
      case 'quoted':
        return `identifier \`${text}\``;
      case 'string':
      case 'bytes':
        return `${kind} literal`;
      case 'integer':
        return `integer literal "${text}"`;
      case 'float':
        return `floating point literal "${text}"`;
      case 'parameter':
        return text ? `"@${text}"` : '"?"';
      default:
        return `"${text}"`;
    }
  }
}
