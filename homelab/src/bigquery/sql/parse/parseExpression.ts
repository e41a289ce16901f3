// Expressions: https://cloud.google.com/bigquery/docs/reference/standard-sql/operators
import type { Expression, OrderItem } from '../ast';
import { errorAt } from './tokens';
import { parseArguments } from './parseCall';
import { parseDatePart, parsePrimary } from './parsePrimary';
import { parseQuery } from './parseQuery';
import type { TokenReader } from './TokenReader';

/** Binary operators that bind tighter than comparisons, loosest first. */
const levels = [['|'], ['^'], ['&'], ['<<', '>>'], ['+', '-'], ['*', '/', '||']];
const comparisons = ['=', '<', '>', '<=', '>=', '!=', '<>'];

/** Reads an expression. @throws BigQueryError invalidQuery */
export function parseExpression(reader: TokenReader): Expression {
  const { at } = reader;
  let left = parseAnd(reader);
  while (reader.accept('OR')) left = { node: 'binary', at, operator: 'OR', left, right: parseAnd(reader) };
  return left;
}

function parseAnd(reader: TokenReader): Expression {
  const { at } = reader;
  let left = parseNot(reader);
  while (reader.accept('AND')) left = { node: 'binary', at, operator: 'AND', left, right: parseNot(reader) };
  return left;
}

function parseNot(reader: TokenReader): Expression {
  const { at } = reader;
  if (reader.accept('NOT')) return { node: 'unary', at, operator: 'NOT', operand: parseNot(reader) };
  return parseComparison(reader);
}

function parseComparison(reader: TokenReader): Expression {
  const { at } = reader;
  const operand = parseLevel(reader, 0);
  const operator = comparisons.find(symbol => reader.is(symbol));
  if (operator) {
    reader.next();
    const right = parseLevel(reader, 0);
    if (comparisons.some(symbol => reader.is(symbol))) throw reader.unexpected();
    return { node: 'binary', at, operator: operator === '<>' ? '!=' : operator, left: operand, right };
  }
  if (reader.accept('IS')) return parseIs(reader, at, operand);
  const isNot = reader.is('NOT') && (reader.is('IN', 1) || reader.is('LIKE', 1) || reader.is('BETWEEN', 1));
  if (isNot) reader.next();
  if (reader.accept('LIKE')) return parseLike(reader, at, { operand, isNot });
  if (reader.accept('BETWEEN')) {
    const low = parseLevel(reader, 0);
    reader.expect('AND');
    return { node: 'between', at, operand, low, high: parseLevel(reader, 0), isNot };
  }
  return reader.accept('IN') ? parseIn(reader, at, { operand, isNot }) : operand;
}

function parseIs(reader: TokenReader, at: number, operand: Expression): Expression {
  const isNot = reader.accept('NOT');
  for (const what of ['NULL', 'TRUE', 'FALSE'] as const) {
    if (reader.accept(what)) return { node: 'is', at, operand, what, isNot };
  }
  if (!reader.accept('DISTINCT FROM')) throw reader.unexpected();
  const operator = isNot ? 'IS NOT DISTINCT FROM' : 'IS DISTINCT FROM';
  return { node: 'binary', at, operator, left: operand, right: parseLevel(reader, 0) };
}

function parseLike(
  reader: TokenReader,
  at: number,
  { operand, isNot }: { operand: Expression; isNot: boolean },
): Expression {
  if (reader.is('ANY') || reader.is('ALL') || reader.is('SOME')) throw reader.refused('quantified LIKE');
  return { node: 'binary', at, operator: isNot ? 'NOT LIKE' : 'LIKE', left: operand, right: parseLevel(reader, 0) };
}

function parseIn(
  reader: TokenReader,
  at: number,
  { operand, isNot }: { operand: Expression; isNot: boolean },
): Expression {
  if (reader.accept('UNNEST')) {
    reader.expect('(');
    const array = parseExpression(reader);
    reader.expect(')');
    return { node: 'in', at, operand, isNot, array };
  }
  reader.expect('(');
  const isQuery = reader.is('SELECT') || reader.is('WITH');
  const found = isQuery ? { query: parseQuery(reader) } : { list: reader.list(() => parseExpression(reader)) };
  reader.expect(')');
  return { node: 'in', at, operand, isNot, ...found };
}

function parseLevel(reader: TokenReader, level: number): Expression {
  const operators = levels[level];
  if (!operators) return parseUnary(reader);
  const { at } = reader;
  let left = parseLevel(reader, level + 1);
  for (;;) {
    const operator = operators.find(symbol => reader.is(symbol));
    if (!operator) return left;
    reader.next();
    left = { node: 'binary', at, operator, left, right: parseLevel(reader, level + 1) };
  }
}

function parseUnary(reader: TokenReader): Expression {
  const { at } = reader;
  const operator = ['-', '+', '~'].find(symbol => reader.is(symbol));
  if (!operator) return parsePostfix(reader, parsePrimary(reader));
  reader.next();
  const operand = parseUnary(reader);
  const isNumber = operand.node === 'literal' && /^(INT64|FLOAT64)$/.test(operand.type.name);
  if (operator === '-' && isNumber && !String(operand.value).startsWith('-')) {
    return { ...operand, at, value: `-${operand.value}` };
  }
  return { node: 'unary', at, operator, operand };
}

const subscripts = { OFFSET: 'OFFSET', ORDINAL: 'ORDINAL', SAFE_OFFSET: 'OFFSET', SAFE_ORDINAL: 'ORDINAL' } as const;

function parseSubscript(reader: TokenReader, of: Expression): Expression {
  const { at } = reader;
  reader.expect('[');
  const word = reader.peek().text.toUpperCase() as keyof typeof subscripts;
  const isCall = word in subscripts && reader.is('(', 1);
  if (isCall) reader.next();
  const index = parseExpression(reader);
  reader.expect(']');
  const mode = isCall ? subscripts[word] : 'OFFSET';
  return { node: 'subscript', at, of, mode, isSafe: isCall && word.startsWith('SAFE_'), index };
}

/** Functions have names in parts only behind these. */
function isNamespace([first, ...rest]: string[]): boolean {
  return rest.length === 0 && /^(SAFE|NET|KEYS|AEAD|HLL_COUNT|ML|AI|VECTOR)$/i.test(first);
}

function parsePostfix(reader: TokenReader, start: Expression): Expression {
  let value = start;
  for (;;) {
    if (reader.is('[')) {
      value = parseSubscript(reader, value);
    } else if (reader.is('.') && !reader.is('*', 1)) {
      const { at } = reader;
      reader.next();
      const token = reader.next();
      if (token.kind !== 'name' && token.kind !== 'quoted')
        throw errorAt(reader.sql, token.start, 'Syntax error: Unexpected token');
      if (reader.is('(') && !(value.node === 'path' && isNamespace(value.names)))
        throw reader.refused('chained function calls');
      value =
        value.node === 'path'
          ? { ...value, names: [...value.names, token.text] }
          : { node: 'field', at, of: value, name: token.text };
    } else if (value.node === 'path' && reader.is('(')) {
      value = parseArguments(reader, value);
    } else {
      return value;
    }
  }
}

/** Reads the items of ORDER BY. */
export function parseOrderBy(reader: TokenReader): OrderItem[] {
  return reader.list(() => {
    const { at } = reader;
    const expression = parseExpression(reader);
    if (reader.is('COLLATE')) throw reader.refused('COLLATE');
    const isDescending = reader.accept('DESC');
    if (!isDescending) reader.accept('ASC');
    if (!reader.accept('NULLS')) return { at, expression, isDescending };
    const nulls = reader.accept('FIRST') ? 'FIRST' : 'LAST';
    if (nulls === 'LAST') reader.expect('LAST');
    return { at, expression, isDescending, nulls };
  });
}

/** Reads `INTERVAL n part` behind its keyword. */
export function parseInterval(reader: TokenReader, at: number): Expression {
  const value = parseExpression(reader);
  const part = parseDatePart(reader);
  if (reader.is('TO')) throw reader.refused('intervals of several parts', at);
  return { node: 'interval', at, value, part };
}
