import type { DatePart, Expression } from '../ast';
import { float64, int64, scalarType, string, type SqlType } from '../types';
import { errorAt } from './tokens';
import { parseExpression, parseInterval } from './parseExpression';
import { parseQuery } from './parseQuery';
import { parseType, parseTypeArguments } from './parseType';
import type { TokenReader } from './TokenReader';

/** Types whose literals are written as `DATE '2026-03-01'`. */
const typedLiterals = [
  'DATE',
  'TIME',
  'DATETIME',
  'TIMESTAMP',
  'NUMERIC',
  'DECIMAL',
  'BIGNUMERIC',
  'BIGDECIMAL',
  'JSON',
];

const parts = new Set(
  'MICROSECOND MILLISECOND SECOND MINUTE HOUR DAY DAYOFWEEK DAYOFYEAR WEEK ISOWEEK MONTH QUARTER YEAR ISOYEAR DATE TIME'.split(
    ' ',
  ),
);
const days = ['SUNDAY', 'MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY'];

/** Reads a date part such as `DAY` or `WEEK(MONDAY)`. @throws BigQueryError when it is none */
export function parseDatePart(reader: TokenReader): DatePart {
  const { at } = reader;
  const name = reader.identifier().toUpperCase();
  if (!parts.has(name)) throw errorAt(reader.sql, at, `A valid date part name is required but found ${name}`);
  if (name !== 'WEEK' || !reader.accept('(')) return { name };
  const weekStart = reader.identifier().toUpperCase();
  if (!days.includes(weekStart))
    throw errorAt(reader.sql, at, `A valid date part argument for WEEK is required but found ${weekStart}`);
  reader.expect(')');
  return { name, weekStart };
}

/** Is the next token a date part that ends an argument? */
export function isDatePart(reader: TokenReader): boolean {
  const { kind, text } = reader.peek();
  if (kind !== 'name' || !parts.has(text.toUpperCase())) return false;
  return reader.is(')', 1) || reader.is(',', 1) || (/^week$/i.test(text) && reader.is('(', 1));
}

function literal(at: number, type: SqlType, value: string | boolean): Expression {
  return { node: 'literal', at, type, value };
}

function parseParenthesized(reader: TokenReader, at: number): Expression {
  reader.expect('(');
  if (isQueryStart(reader)) {
    const query = parseQuery(reader);
    reader.expect(')');
    return { node: 'subquery', at, kind: 'scalar', query };
  }
  const first = parseExpression(reader);
  if (!reader.is(',')) {
    reader.expect(')');
    // A path in parentheses is a value of its own: no name, no call, no more parts.
    return first.node === 'path' ? { node: 'field', at, of: first, name: '' } : first;
  }
  const fields = [{ value: first }];
  while (reader.accept(',')) fields.push({ value: parseExpression(reader) });
  reader.expect(')');
  return { node: 'struct', at, fields };
}

/** Does a query begin here (behind its opening bracket)? */
export function isQueryStart(reader: TokenReader): boolean {
  if (reader.is('SELECT') || reader.is('WITH') || reader.is('FROM')) return true;
  let ahead = 0;
  while (reader.is('(', ahead)) ahead += 1;
  return ahead > 0 && (reader.is('SELECT', ahead) || reader.is('WITH', ahead));
}

function parseCase(reader: TokenReader, at: number): Expression {
  const operand = reader.is('WHEN') ? undefined : parseExpression(reader);
  const branches = [];
  while (reader.accept('WHEN')) {
    const when = parseExpression(reader);
    reader.expect('THEN');
    branches.push({ when, then: parseExpression(reader) });
  }
  if (branches.length === 0) throw reader.expected('keyword WHEN');
  const otherwise = reader.accept('ELSE') ? parseExpression(reader) : undefined;
  reader.expect('END');
  return { node: 'case', at, operand, branches, otherwise };
}

function parseCast(reader: TokenReader, at: number, isSafe: boolean): Expression {
  reader.expect('(');
  const operand = parseExpression(reader);
  reader.expect('AS');
  const type = parseType(reader);
  if (reader.is('FORMAT')) throw reader.refused('CAST with FORMAT');
  reader.expect(')');
  return { node: 'cast', at, operand, type, isSafe };
}

function parseExtract(reader: TokenReader, at: number): Expression {
  reader.expect('(');
  const part = parseDatePart(reader);
  reader.expect('FROM');
  const of = parseExpression(reader);
  const zone = reader.accept('AT TIME ZONE') ? parseExpression(reader) : undefined;
  reader.expect(')');
  return { node: 'extract', at, part, of, zone };
}

function parseArray(reader: TokenReader, at: number): Expression {
  if (reader.accept('(')) {
    const query = parseQuery(reader);
    reader.expect(')');
    return { node: 'subquery', at, kind: 'array', query };
  }
  const type = reader.is('<') ? parseTypeArguments(reader, 'ARRAY') : undefined;
  return { ...parseItems(reader, at), type };
}

function parseItems(reader: TokenReader, at: number): Extract<Expression, { node: 'array' }> {
  reader.expect('[');
  const items = reader.is(']') ? [] : reader.list(() => parseExpression(reader));
  reader.expect(']');
  return { node: 'array', at, items };
}

function parseStruct(reader: TokenReader, at: number): Expression {
  const type = reader.is('<') ? parseTypeArguments(reader, 'STRUCT') : undefined;
  reader.expect('(');
  const fields = reader.is(')')
    ? []
    : reader.list(() => ({
        value: parseExpression(reader),
        name: reader.accept('AS') ? reader.identifier() : undefined,
      }));
  reader.expect(')');
  return { node: 'struct', at, type, fields };
}

/** Expressions that begin with a keyword. */
const keywords: Record<string, (reader: TokenReader, at: number) => Expression> = {
  NULL: (_, at) => ({ node: 'null', at }),
  TRUE: (_, at) => literal(at, { name: 'BOOL' }, true),
  FALSE: (_, at) => literal(at, { name: 'BOOL' }, false),
  CASE: parseCase,
  CAST: (reader, at) => parseCast(reader, at, false),
  EXTRACT: parseExtract,
  ARRAY: parseArray,
  STRUCT: parseStruct,
  INTERVAL: parseInterval,
  EXISTS: (reader, at) => {
    reader.expect('(');
    const query = parseQuery(reader);
    reader.expect(')');
    return { node: 'subquery', at, kind: 'exists', query };
  },
};

function parseNamed(reader: TokenReader, at: number): Expression {
  const word = reader.peek().text.toUpperCase();
  if (reader.peek().kind === 'name') {
    const keyword = Object.hasOwn(keywords, word) ? keywords[word] : undefined;
    if (keyword) {
      reader.next();
      return keyword(reader, at);
    }
    if (word === 'SAFE_CAST' && reader.is('(', 1)) {
      reader.next();
      return parseCast(reader, at, true);
    }
    if (typedLiterals.includes(word) && reader.peek(1).kind === 'string') {
      reader.next();
      return literal(at, scalarType(word) as SqlType, reader.next().text);
    }
    // These keywords are functions as well.
    if (/^(IF|LEFT|RIGHT|GROUPING|CONTAINS)$/.test(word) && reader.is('(', 1))
      return { node: 'path', at, names: [reader.next().text] };
  }
  if (!reader.isName()) throw reader.unexpected();
  return { node: 'path', at, names: [reader.identifier()] };
}

/** Reads what operators stand between. @throws BigQueryError invalidQuery */
export function parsePrimary(reader: TokenReader): Expression {
  const { kind, text, start: at } = reader.peek();
  switch (kind) {
    case 'integer':
      reader.next();
      return literal(at, int64, BigInt(text).toString());
    case 'float':
      reader.next();
      return literal(at, float64, text);
    case 'string':
    case 'bytes':
      reader.next();
      return literal(at, kind === 'string' ? string : { name: 'BYTES' }, text);
    case 'parameter':
      reader.next();
      if (!text) reader.positionCount += 1;
      return { node: 'parameter', at, name: text, position: reader.positionCount };
    case 'symbol':
      if (text === '(') return parseParenthesized(reader, at);
      if (text === '[') return parseItems(reader, at);
      throw reader.unexpected();
    case 'end':
      throw errorAt(reader.sql, at, 'Syntax error: Unexpected end of script');
    default:
      return parseNamed(reader, at);
  }
}
