// DML: https://cloud.google.com/bigquery/docs/reference/standard-sql/dml-syntax
import type { Assignment, Expression, MergeClause, Statement } from '../ast';
import { parseExpression } from './parseExpression';
import { parseFrom } from './parseFrom';
import { parseQuery } from './parseQuery';
import { errorAt } from './tokens';
import type { TokenReader } from './TokenReader';

function parseValue(reader: TokenReader): Expression {
  if (reader.is('DEFAULT')) throw reader.refused('DEFAULT');
  return parseExpression(reader);
}

function parseRow(reader: TokenReader): Expression[] {
  reader.expect('(');
  const values = reader.list(() => parseValue(reader));
  reader.expect(')');
  return values;
}

function parseColumns(reader: TokenReader): string[] | undefined {
  if (!reader.is('(') || reader.is('SELECT', 1) || reader.is('WITH', 1)) return undefined;
  reader.expect('(');
  const columns = reader.list(() => reader.identifier());
  reader.expect(')');
  return columns;
}

/** Reads an INSERT. */
export function parseInsert(reader: TokenReader): Statement {
  const { at } = reader;
  reader.expect('INSERT');
  reader.accept('INTO');
  const table = reader.path();
  const columns = parseColumns(reader);
  if (reader.accept('VALUES')) return { node: 'insert', at, table, columns, rows: reader.list(() => parseRow(reader)) };
  return { node: 'insert', at, table, columns, query: parseQuery(reader) };
}

function parseAssignments(reader: TokenReader): Assignment[] {
  return reader.list(() => {
    const { at } = reader;
    const path = reader.path();
    if (path.length > 1) throw reader.refused('changing a part of a column', at);
    reader.expect('=');
    return { at, column: path[0], value: parseValue(reader) };
  });
}

function parseWhere(reader: TokenReader, at: number, verb: string): Expression {
  if (!reader.accept('WHERE')) throw errorAt(reader.sql, at, `${verb} must have a WHERE clause`);
  return parseExpression(reader);
}

/** Reads an UPDATE. */
export function parseUpdate(reader: TokenReader): Statement {
  const { at } = reader;
  reader.expect('UPDATE');
  const table = reader.path();
  const alias = reader.is('SET') ? undefined : reader.alias();
  reader.expect('SET');
  const set = parseAssignments(reader);
  const from = reader.accept('FROM') ? parseFrom(reader) : undefined;
  return { node: 'update', at, table, alias, set, from, where: parseWhere(reader, at, 'UPDATE') };
}

/** Reads a DELETE. */
export function parseDelete(reader: TokenReader): Statement {
  const { at } = reader;
  reader.expect('DELETE');
  reader.accept('FROM');
  const table = reader.path();
  const alias = reader.alias();
  return { node: 'delete', at, table, alias, where: parseWhere(reader, at, 'DELETE') };
}

function parseAction(reader: TokenReader): MergeClause['action'] {
  if (reader.accept('DELETE')) return { kind: 'delete' };
  if (reader.accept('UPDATE')) {
    reader.expect('SET');
    return { kind: 'update', set: parseAssignments(reader) };
  }
  reader.expect('INSERT');
  const columns = parseColumns(reader);
  if (reader.accept('ROW')) return { kind: 'insert', columns };
  reader.expect('VALUES');
  return { kind: 'insert', columns, values: parseRow(reader) };
}

function parseClause(reader: TokenReader): MergeClause {
  const isNot = reader.accept('NOT');
  reader.expect('MATCHED');
  const isSource = isNot && reader.accept('BY SOURCE');
  if (isNot && !isSource) reader.accept('BY TARGET');
  const and = reader.accept('AND') ? parseExpression(reader) : undefined;
  reader.expect('THEN');
  const matched = !isNot ? 'MATCHED' : isSource ? 'NOT MATCHED BY SOURCE' : 'NOT MATCHED BY TARGET';
  return { matched, and, action: parseAction(reader) };
}

/** Reads a MERGE. */
export function parseMerge(reader: TokenReader): Statement {
  const { at } = reader;
  reader.expect('MERGE');
  reader.accept('INTO');
  const table = reader.path();
  const alias = reader.is('USING') ? undefined : reader.alias();
  reader.expect('USING');
  const source = parseFrom(reader);
  reader.expect('ON');
  const on = parseExpression(reader);
  const clauses: MergeClause[] = [];
  while (reader.accept('WHEN')) clauses.push(parseClause(reader));
  if (clauses.length === 0) throw reader.expected('keyword WHEN');
  return { node: 'merge', at, table, alias, source, on, clauses };
}
