// Statements: https://cloud.google.com/bigquery/docs/reference/standard-sql/data-definition-language
import type { ColumnDefinition, CreateMode, OptionList, Statement } from '../ast';
import { isQueryStart } from './parsePrimary';
import { parseExpression } from './parseExpression';
import { parseDelete, parseInsert, parseMerge, parseUpdate } from './parseDml';
import { parseQuery } from './parseQuery';
import { parseType } from './parseType';
import { errorAt } from './tokens';
import { TokenReader } from './TokenReader';

/** What statements begin with that BigQuery has and the homelab does not model, and what they are called. */
const refusals: [words: string, what: string][] = [
  ['DECLARE', 'scripts (DECLARE)'],
  ['BEGIN', 'scripts and transactions (BEGIN)'],
  ['COMMIT', 'transactions'],
  ['ROLLBACK', 'transactions'],
  ['SET', 'scripts (SET)'],
  ['IF', 'scripts (IF)'],
  ['LOOP', 'scripts (LOOP)'],
  ['WHILE', 'scripts (WHILE)'],
  ['REPEAT', 'scripts (REPEAT)'],
  ['FOR', 'scripts (FOR)'],
  ['EXECUTE', 'EXECUTE IMMEDIATE'],
  ['CALL', 'procedures (CALL)'],
  ['RAISE', 'scripts (RAISE)'],
  ['ASSERT', 'ASSERT'],
  ['EXPORT', 'EXPORT'],
  ['LOAD', 'LOAD DATA'],
  ['TRUNCATE', 'TRUNCATE TABLE'],
  ['ALTER', 'ALTER'],
  ['GRANT', 'GRANT'],
  ['REVOKE', 'REVOKE'],
  ['UNDROP', 'UNDROP'],
  ['FROM', 'pipe syntax'],
];

/** Reads `OPTIONS(name = constant, …)` if it comes next. */
function parseOptions(reader: TokenReader): OptionList {
  if (!reader.accept('OPTIONS')) return {};
  reader.expect('(');
  if (reader.accept(')')) return {};
  const entries = reader.list(() => {
    const name = reader.identifier().toLowerCase();
    reader.expect('=');
    return [name, parseExpression(reader)] as const;
  });
  reader.expect(')');
  return Object.fromEntries(entries);
}

function parseColumn(reader: TokenReader): ColumnDefinition {
  if (reader.is('PRIMARY', 0) || reader.is('CONSTRAINT', 0) || reader.is('FOREIGN', 0))
    throw reader.refused('table constraints');
  const name = reader.identifier();
  const type = parseType(reader);
  for (const word of ['DEFAULT', 'PRIMARY', 'REFERENCES', 'COLLATE', 'GENERATED'])
    if (reader.is(word)) throw reader.refused(`${word} of columns`);
  const isRequired = reader.accept('NOT NULL');
  return { name, type, isRequired, options: parseOptions(reader) };
}

function createMode(reader: TokenReader, isReplace: boolean): CreateMode {
  if (!reader.accept('IF NOT EXISTS')) return isReplace ? 'replace' : 'create';
  return 'if-not-exists';
}

function parseCreateModel(reader: TokenReader, at: number, isReplace: boolean): Statement {
  const mode = createMode(reader, isReplace);
  const model = reader.path();
  for (const word of ['TRANSFORM', 'REMOTE', 'INPUT'])
    if (reader.is(word)) throw reader.refused(`CREATE MODEL with ${word}`);
  const options = parseOptions(reader);
  if (reader.accept('AS')) {
    if (reader.is('(') && !isQueryStart(reader)) throw reader.refused('CREATE MODEL with custom holidays');
    return { node: 'create-model', at, model, mode, options, query: parseQuery(reader) };
  }
  throw reader.refused('CREATE MODEL without AS');
}

function parseCreateTable(reader: TokenReader, at: number, isReplace: boolean): Statement {
  const mode = createMode(reader, isReplace);
  const table = reader.path();
  for (const word of ['LIKE', 'COPY', 'CLONE']) if (reader.is(word)) throw reader.refused(`CREATE TABLE ${word}`);
  const columns = reader.accept('(') ? reader.list(() => parseColumn(reader)) : undefined;
  if (columns) reader.expect(')');
  for (const word of ['PARTITION', 'CLUSTER', 'DEFAULT', 'WITH'])
    if (reader.is(word)) throw reader.refused(`CREATE TABLE with ${word}`);
  const options = parseOptions(reader);
  const query = reader.accept('AS') ? parseQuery(reader) : undefined;
  if (!columns && !query) throw errorAt(reader.sql, at, 'CREATE TABLE requires columns or a query');
  return { node: 'create-table', at, table, mode, columns, options, query };
}

function parseCreate(reader: TokenReader): Statement {
  const { at } = reader;
  reader.expect('CREATE');
  const isReplace = reader.accept('OR REPLACE');
  if (reader.accept('MODEL')) return parseCreateModel(reader, at, isReplace);
  if (reader.accept('TABLE')) return parseCreateTable(reader, at, isReplace);
  if (reader.accept('SCHEMA')) {
    const ifNotExists = reader.accept('IF NOT EXISTS');
    const path = reader.path();
    if (Object.keys(parseOptions(reader)).length > 0) throw reader.refused('CREATE SCHEMA with OPTIONS', at);
    return { node: 'create-schema', at, path, ifNotExists };
  }
  throw reader.refused(`CREATE ${reader.peek().text.toUpperCase()}`, at);
}

function parseDrop(reader: TokenReader): Statement {
  const { at } = reader;
  reader.expect('DROP');
  const what = (['MODEL', 'TABLE', 'SCHEMA'] as const).find(word => reader.accept(word));
  if (!what) throw reader.refused(`DROP ${reader.peek().text.toUpperCase()}`, at);
  const ifExists = reader.accept('IF EXISTS');
  const path = reader.path();
  const cascade = what === 'SCHEMA' && reader.accept('CASCADE');
  if (what === 'SCHEMA' && !cascade) reader.accept('RESTRICT');
  return { node: 'drop', at, what, path, ifExists, cascade };
}

const statements: Record<string, (reader: TokenReader) => Statement> = {
  CREATE: parseCreate,
  DROP: parseDrop,
  INSERT: parseInsert,
  UPDATE: parseUpdate,
  DELETE: parseDelete,
  MERGE: parseMerge,
};

function parseStatement(reader: TokenReader): Statement {
  const { at } = reader;
  const refusal = refusals.find(([words]) => reader.are(words));
  if (refusal) throw reader.refused(refusal[1]);
  const word = Object.keys(statements).find(name => reader.is(name));
  if (word) return statements[word](reader);
  if (!reader.is('SELECT') && !reader.is('WITH') && !reader.is('(')) throw reader.unexpected();
  return { node: 'query', at, query: parseQuery(reader) };
}

/** Reads statements with semicolons between. @throws BigQueryError invalidQuery */
export function parseStatements(sql: string): Statement[] {
  const reader = new TokenReader(sql);
  const found: Statement[] = [];
  while (reader.peek().kind !== 'end') {
    if (reader.accept(';')) continue;
    found.push(parseStatement(reader));
    if (reader.peek().kind !== 'end' && !reader.is(';')) throw reader.expected('end of input');
  }
  if (found.length === 0) throw errorAt(sql, sql.length, 'Syntax error: Unexpected end of statement');
  return found;
}
