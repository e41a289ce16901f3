// FROM: https://cloud.google.com/bigquery/docs/reference/standard-sql/query-syntax#from_clause
import type { Expression, FromItem, JoinKind, MlFunction } from '../ast';
import { parseExpression } from './parseExpression';
import { parseQuery } from './parseQuery';
import type { TokenReader } from './TokenReader';

const joins: [words: string, kind: JoinKind][] = [
  ['CROSS JOIN', 'CROSS'],
  ['INNER JOIN', 'INNER'],
  ['JOIN', 'INNER'],
  ['LEFT OUTER JOIN', 'LEFT'],
  ['LEFT JOIN', 'LEFT'],
  ['RIGHT OUTER JOIN', 'RIGHT'],
  ['RIGHT JOIN', 'RIGHT'],
  ['FULL OUTER JOIN', 'FULL'],
  ['FULL JOIN', 'FULL'],
];

/** Clauses behind a table that BigQuery has. */
const refusals = ['PIVOT', 'UNPIVOT', 'TABLESAMPLE', 'FOR', 'MATCH_RECOGNIZE'];

/** Reads what is behind FROM. @throws BigQueryError invalidQuery */
export function parseFrom(reader: TokenReader): FromItem {
  let left = parseItem(reader);
  for (;;) {
    const { at } = reader;
    if (reader.accept(',')) {
      left = { node: 'join', at, kind: 'CROSS', left, right: parseItem(reader) };
      continue;
    }
    const join = joins.find(([words]) => reader.accept(words));
    if (!join) return left;
    left = parseJoin(reader, { at, kind: join[1], left });
  }
}

function parseJoin(reader: TokenReader, { at, kind, left }: { at: number; kind: JoinKind; left: FromItem }): FromItem {
  const right = parseItem(reader);
  if (kind === 'CROSS') return { node: 'join', at, kind, left, right };
  if (reader.accept('ON')) return { node: 'join', at, kind, left, right, on: parseExpression(reader) };
  if (reader.accept('USING')) {
    reader.expect('(');
    const using = reader.list(() => reader.identifier());
    reader.expect(')');
    return { node: 'join', at, kind, left, right, using };
  }
  // An array that follows from the row needs no condition.
  if (right.node === 'unnest' || right.node === 'table') return { node: 'join', at, kind, left, right };
  throw reader.expected('keyword ON or keyword USING');
}

function refuse(reader: TokenReader): void {
  const word = refusals.find(
    name =>
      reader.is(name) && (name === 'FOR' || reader.is('(', 1) || reader.is('INCLUDE', 1) || reader.is('SYSTEM', 1)),
  );
  if (word) throw reader.refused(word === 'FOR' ? 'FOR SYSTEM_TIME AS OF' : word);
}

function aliasOf(reader: TokenReader): string | undefined {
  refuse(reader);
  const alias = reader.alias();
  refuse(reader);
  return alias;
}

function parseItem(reader: TokenReader): FromItem {
  const { at } = reader;
  if (reader.accept('UNNEST')) {
    reader.expect('(');
    const array = parseExpression(reader);
    if (reader.is(',')) throw reader.refused('UNNEST of several arrays');
    reader.expect(')');
    return parseUnnestRest(reader, { at, array });
  }
  if (reader.is('ML') && reader.is('.', 1)) {
    const call = parseMlFunction(reader);
    return { node: 'ml', at, call, alias: aliasOf(reader) };
  }
  if (reader.is('(')) return parseParenthesized(reader);
  const path = reader.path();
  if (reader.is('(')) throw reader.refused(`the table function ${path.join('.')}`, at);
  const alias = aliasOf(reader);
  if (reader.are('WITH OFFSET'))
    return parseUnnestRest(reader, { at, array: { node: 'path', at, names: path }, given: alias });
  return { node: 'table', at, path, alias };
}

function parseUnnestRest(
  reader: TokenReader,
  { at, array, given }: { at: number; array: Expression; given?: string },
): FromItem {
  const alias = given ?? (reader.are('WITH OFFSET') ? undefined : aliasOf(reader));
  const offset = reader.accept('WITH OFFSET') ? (reader.alias() ?? 'offset') : undefined;
  return { node: 'unnest', at, array, alias, offset };
}

function parseParenthesized(reader: TokenReader): FromItem {
  const { at } = reader;
  const back = reader.mark();
  reader.expect('(');
  if (!reader.is('SELECT') && !reader.is('WITH') && !reader.is('(')) {
    const item = parseFrom(reader);
    reader.expect(')');
    return item;
  }
  try {
    const query = parseQuery(reader);
    reader.expect(')');
    return { node: 'subquery', at, query, alias: aliasOf(reader) };
  } catch (error) {
    if (
      !reader.sql
        .slice(at + 1)
        .trimStart()
        .startsWith('(')
    )
      throw error;
    back(); // Joins in brackets, the first of which is a query.
    reader.expect('(');
    const item = parseFrom(reader);
    reader.expect(')');
    return item;
  }
}

/** Reads a table function of BigQuery ML. */
function parseMlFunction(reader: TokenReader): MlFunction {
  const { at } = reader;
  reader.expect('ML .');
  const name = reader.identifier().toUpperCase();
  reader.expect('( MODEL');
  const call: MlFunction = { at, name, model: reader.path() };
  while (reader.accept(',')) {
    if (reader.is('STRUCT')) {
      call.settings = parseExpression(reader);
    } else if (call.input) {
      throw reader.unexpected();
    } else if (reader.accept('TABLE')) {
      call.input = { table: reader.path() };
    } else {
      reader.expect('(');
      call.input = { query: parseQuery(reader) };
      reader.expect(')');
    }
  }
  reader.expect(')');
  return call;
}
