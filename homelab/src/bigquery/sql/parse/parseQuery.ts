// Queries: https://cloud.google.com/bigquery/docs/reference/standard-sql/query-syntax
import type { GroupBy, Query, QueryBody, Select, SelectItem } from '../ast';
import { parseWindow } from './parseCall';
import { parseExpression, parseOrderBy } from './parseExpression';
import { parseFrom } from './parseFrom';
import type { TokenReader } from './TokenReader';

function parseWith(reader: TokenReader): Pick<Query, 'ctes' | 'isRecursive'> {
  if (!reader.accept('WITH')) return { ctes: [], isRecursive: false };
  const isRecursive = reader.accept('RECURSIVE');
  const ctes = reader.list(() => {
    const { at } = reader;
    const name = reader.identifier();
    reader.expect('AS (');
    const query = parseQuery(reader);
    reader.expect(')');
    return { name, at, query };
  });
  return { ctes, isRecursive };
}

/** Reads a query. @throws BigQueryError invalidQuery */
export function parseQuery(reader: TokenReader): Query {
  const { at } = reader;
  const { ctes, isRecursive } = parseWith(reader);
  const body = parseBody(reader);
  const orderBy = reader.accept('ORDER BY') ? parseOrderBy(reader) : [];
  const limit = reader.accept('LIMIT') ? parseExpression(reader) : undefined;
  const offset = limit && reader.accept('OFFSET') ? parseExpression(reader) : undefined;
  if (reader.is('|>')) throw reader.refused('pipe syntax');
  return { at, ctes, isRecursive, body, orderBy, limit, offset };
}

function parseBody(reader: TokenReader): QueryBody {
  let left = parseOperand(reader);
  for (;;) {
    const { at } = reader;
    const word = ['UNION', 'INTERSECT', 'EXCEPT'].find(name => reader.accept(name));
    if (!word) return left;
    const quantifier = ['ALL', 'DISTINCT'].find(name => reader.accept(name));
    if (!quantifier || (word !== 'UNION' && quantifier === 'ALL'))
      throw reader.expected(word === 'UNION' ? 'keyword ALL or keyword DISTINCT' : 'keyword DISTINCT');
    if (reader.is('BY') || reader.is('CORRESPONDING')) throw reader.refused('set operations by name');
    const operator = `${word} ${quantifier}`;
    if (left.node === 'set' && left.operator !== operator) {
      // BigQuery wants parentheses between different operations.
      throw reader.unexpected();
    }
    left = { node: 'set', at, operator, left, right: parseOperand(reader) };
  }
}

function parseOperand(reader: TokenReader): QueryBody {
  if (reader.accept('(')) {
    const query = parseQuery(reader);
    reader.expect(')');
    return { node: 'query', query };
  }
  if (reader.is('FROM')) throw reader.refused('pipe syntax');
  return parseSelect(reader);
}

function parseItem(reader: TokenReader): SelectItem {
  const { at } = reader;
  if (reader.accept('*')) return parseStar(reader, { kind: 'star', at, except: [], replace: [] });
  const value = parseExpression(reader);
  if (reader.is('.') && reader.is('*', 1)) {
    reader.expect('. *');
    return parseStar(reader, { kind: 'star', at, of: value, except: [], replace: [] });
  }
  return { kind: 'expression', at, value, alias: reader.alias() };
}

function parseStar(reader: TokenReader, star: Extract<SelectItem, { kind: 'star' }>): SelectItem {
  if (reader.is('EXCEPT') && reader.is('(', 1)) {
    reader.expect('EXCEPT (');
    star.except.push(...reader.list(() => reader.identifier()));
    reader.expect(')');
  }
  if (reader.accept('REPLACE')) {
    reader.expect('(');
    const replace = reader.list(() => {
      const value = parseExpression(reader);
      reader.expect('AS');
      return { name: reader.identifier(), value };
    });
    star.replace.push(...replace);
    reader.expect(')');
  }
  return star;
}

function parseGroupBy(reader: TokenReader): GroupBy {
  if (reader.accept('ALL')) return { kind: 'ALL' };
  if (reader.are('GROUPING SETS')) throw reader.refused('GROUPING SETS');
  const kind = (['ROLLUP', 'CUBE'] as const).find(word => reader.accept(word));
  if (!kind) return { kind: 'LIST', items: reader.list(() => parseExpression(reader)) };
  reader.expect('(');
  const items = reader.list(() => parseExpression(reader));
  reader.expect(')');
  return { kind, items };
}

function parseItems(reader: TokenReader): SelectItem[] {
  const items = [parseItem(reader)];
  // A comma may end the list.
  while (reader.accept(',') && !reader.is('FROM') && reader.peek().kind !== 'end' && !reader.is(')'))
    items.push(parseItem(reader));
  return items;
}

function parseSelect(reader: TokenReader): Select {
  const { at } = reader;
  reader.expect('SELECT');
  const isDistinct = reader.accept('DISTINCT');
  if (!isDistinct) reader.accept('ALL');
  const as = (['STRUCT', 'VALUE'] as const).find(word => reader.accept(`AS ${word}`));
  const items = parseItems(reader);
  const from = reader.accept('FROM') ? parseFrom(reader) : undefined;
  const where = reader.accept('WHERE') ? parseExpression(reader) : undefined;
  const groupBy = reader.accept('GROUP BY') ? parseGroupBy(reader) : undefined;
  const having = reader.accept('HAVING') ? parseExpression(reader) : undefined;
  const qualify = reader.accept('QUALIFY') ? parseExpression(reader) : undefined;
  const windows = reader.accept('WINDOW')
    ? reader.list(() => {
        const name = reader.identifier();
        reader.expect('AS');
        return {
          name,
          window: reader.is('(') ? parseWindow(reader) : { base: reader.identifier(), partitionBy: [], orderBy: [] },
        };
      })
    : [];
  return { node: 'select', at, isDistinct, as, items, from, where, groupBy, having, qualify, windows };
}
