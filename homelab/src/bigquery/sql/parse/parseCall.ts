// Calls: https://cloud.google.com/bigquery/docs/reference/standard-sql/functions-reference
import type { Expression, FrameBound, FunctionCall, WindowSpecification } from '../ast';
import { parseExpression, parseOrderBy } from './parseExpression';
import { isDatePart, isQueryStart, parseDatePart } from './parsePrimary';
import { parseQuery } from './parseQuery';
import type { TokenReader } from './TokenReader';

/** Where functions take a date part, by how their names end; elsewhere `year` and so on are names of columns. */
function takesDatePart(name: string, index: number): boolean {
  return (
    (/^(DATE|TIME|DATETIME|TIMESTAMP)_TRUNC$|^LAST_DAY$/.test(name) && index === 1) ||
    (/_DIFF$/.test(name) && index === 2)
  );
}

function parseArgument(reader: TokenReader, name: string, index: number): Expression {
  const { at } = reader;
  if (reader.is('*')) {
    reader.next();
    return { node: 'star', at };
  }
  if (takesDatePart(name, index) && isDatePart(reader)) return { node: 'part', at, part: parseDatePart(reader) };
  if (isQueryStart(reader) && !reader.is('('))
    return { node: 'subquery', at, kind: 'scalar', query: parseQuery(reader) };
  const value = parseExpression(reader);
  if (reader.is('=>')) throw reader.refused('named arguments');
  return value;
}

function parseBound(reader: TokenReader): FrameBound {
  if (reader.accept('CURRENT ROW')) return { kind: 'CURRENT ROW' };
  const offset = reader.accept('UNBOUNDED') ? undefined : parseExpression(reader);
  const isPreceding = reader.accept('PRECEDING');
  if (!isPreceding) reader.expect('FOLLOWING');
  const direction = isPreceding ? 'PRECEDING' : 'FOLLOWING';
  return offset ? { kind: direction, offset } : { kind: `UNBOUNDED ${direction}` };
}

/** Reads a window in its brackets. */
export function parseWindow(reader: TokenReader): WindowSpecification {
  reader.expect('(');
  const base = reader.isName() ? reader.identifier() : undefined;
  const partitionBy = reader.accept('PARTITION BY') ? reader.list(() => parseExpression(reader)) : [];
  const orderBy = reader.accept('ORDER BY') ? parseOrderBy(reader) : [];
  const unit = (['ROWS', 'RANGE'] as const).find(word => reader.accept(word));
  let frame: WindowSpecification['frame'];
  if (unit) {
    const isBetween = reader.accept('BETWEEN');
    const start = parseBound(reader);
    if (isBetween) reader.expect('AND');
    frame = { unit, start, ...(isBetween && { end: parseBound(reader) }) };
  }
  reader.expect(')');
  return { base, partitionBy, orderBy, frame };
}

/** Reads the arguments of a call whose name is read. @throws BigQueryError invalidQuery */
export function parseArguments(reader: TokenReader, path: Extract<Expression, { node: 'path' }>): FunctionCall {
  const names = path.names.map(name => name.toUpperCase());
  const isSafe = names[0] === 'SAFE' && names.length > 1;
  const name = names.slice(isSafe ? 1 : 0).join('.');
  reader.expect('(');
  const isDistinct = reader.accept('DISTINCT');
  let argumentCount = 0;
  const args = reader.is(')') ? [] : reader.list(() => parseArgument(reader, name, argumentCount++));
  const nulls = (['IGNORE', 'RESPECT'] as const).find(word => reader.accept(`${word} NULLS`));
  if (reader.is('HAVING')) throw reader.refused('HAVING in an aggregation');
  const orderBy = reader.accept('ORDER BY') ? parseOrderBy(reader) : undefined;
  const limit = reader.accept('LIMIT') ? parseExpression(reader) : undefined;
  reader.expect(')');
  const call: FunctionCall = { node: 'call', at: path.at, name, isSafe, args, isDistinct, nulls, orderBy, limit };
  if (!reader.accept('OVER')) return call;
  return { ...call, over: reader.is('(') ? parseWindow(reader) : reader.identifier() };
}
