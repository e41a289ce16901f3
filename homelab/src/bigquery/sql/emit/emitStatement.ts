import {
  BigQueryError,
  type CompiledQuery,
  type CompiledStatement,
  type DatasetName,
  type Field,
  type OptionValue,
  type ResourceName,
} from '../../model';
import type { Assignment, ColumnDefinition, Expression, Query, Statement } from '../ast';
import { optionsOf } from '../constants';
import { duckDbName, quoteName } from '../names';
import { fieldOfType, typeText } from '../types';
import { coerce } from './cast';
import { Compilation, type CompileContext } from './Compilation';
import { emitExpression } from './emitExpression';
import { emitFrom, type EmittedFrom } from './emitFrom';
import { emitQuery } from './emitQuery';
import { emptyScope, isOpen, type Column, type Emitted, type Scope } from './Scope';

type NodeOf<N extends Statement['node']> = Extract<Statement, { node: N }>;

/** A query whose columns have names of their own. @throws BigQueryError */
function compileQuery(compilation: Compilation, query: Query): CompiledQuery {
  const { sql, columns } = emitQuery(compilation, emptyScope(), query);
  const names = columns.flatMap(column => (isOpen(column) ? [] : [column.name]));
  const duplicates = names.filter(
    (name, index) => names.findIndex(other => other.toLowerCase() === name.toLowerCase()) < index,
  );
  if (duplicates.length > 0) {
    const message = `Duplicate column names in the result are not supported. Found duplicate(s): ${[...new Set(duplicates)].join(', ')}`;
    throw new BigQueryError(message, { reason: 'invalidQuery', location: 'query' });
  }
  return compilation.finish(sql);
}

function fieldOfColumn(compilation: Compilation, { name, type, isRequired, options }: ColumnDefinition): Field {
  const field = fieldOfType(name, type);
  const { description, ...others } = optionsOf(compilation, options);
  const [unknown] = Object.keys(others);
  if (unknown)
    throw new BigQueryError(`The homelab does not model the column option ${unknown}`, {
      reason: 'invalidQuery',
      location: 'query',
    });
  return {
    ...field,
    ...(isRequired && field.mode !== 'REPEATED' && { mode: 'REQUIRED' as const }),
    ...(typeof description === 'string' && { description }),
  };
}

/** What a dataset is called in a statement: `[project.]dataset`. */
function datasetOf({ context }: Compilation, path: string[]): DatasetName {
  const [dataset, project = context.defaultProject] = [...path].reverse();
  return { project, dataset };
}

/** A value for a column. @throws BigQueryError when it is of another type */
function assign(compilation: Compilation, value: Emitted, { column, at }: { column: Column; at: number }): string {
  const coerced = coerce(compilation, value, column.type);
  if (coerced) return coerced.sql;
  throw compilation.error(
    at,
    `Value of type ${typeText(value.type)} cannot be assigned to ${column.name}, which has type ${typeText(column.type)}`,
  );
}

interface Target {
  name: ResourceName;
  /** With its alias. */
  from: EmittedFrom;
  columns: Column[];
  find(name: string, at: number): Column;
}

function targetOf(
  compilation: Compilation,
  { at, table, alias }: { at: number; table: string[]; alias?: string },
): Target {
  const name = compilation.resource(table, 'Table');
  const from = emitFrom(compilation, emptyScope(), {
    node: 'table',
    at,
    path: [name.project, name.dataset, name.name],
    alias,
  });
  const columns = from.columns as Column[];
  const find = (wanted: string, position: number): Column => {
    const found = columns.find(column => column.name.toLowerCase() === wanted.toLowerCase());
    if (!found) throw compilation.error(position, `Column ${wanted} is not present in table ${table.join('.')}`);
    return found;
  };
  return { name, from, columns, find };
}

function scopeOf(...froms: EmittedFrom[]): Scope {
  return {
    ...emptyScope(),
    sources: froms.flatMap(({ sources }) => sources),
    columns: froms.flatMap(({ columns }) => columns),
  };
}

function emitSet(
  compilation: Compilation,
  scope: Scope,
  { set, target }: { set: Assignment[]; target: Target },
): string {
  const items = set.map(({ at, column: name, value }) => {
    const column = target.find(name, at);
    return `${quoteName(column.name)} = ${assign(compilation, emitExpression(compilation, scope, value), { column, at })}`;
  });
  return items.join(', ');
}

function emitInsertQuery(compilation: Compilation, { at, rows, query }: NodeOf<'insert'>, columns: Column[]): string {
  const mismatch = (count: number) =>
    compilation.error(at, `Inserted row has wrong column count; Has ${count}, expected ${columns.length}`);
  if (query) {
    const { sql, columns: given } = emitQuery(compilation, emptyScope(), query);
    if (given.some(isOpen)) throw compilation.refused(at, 'INSERT of all columns of an ML function: name them');
    if (given.length !== columns.length) throw mismatch(given.length);
    const names = given.map((_, index) => quoteName(`c${index}`));
    const values = columns.map((column, index) =>
      assign(compilation, { sql: names[index], type: (given[index] as Column).type }, { column, at }),
    );
    return `SELECT ${values.join(', ')} FROM (${sql}) AS _rows(${names.join(', ')})`;
  }
  const tuples = (rows ?? []).map(row => {
    if (row.length !== columns.length) throw mismatch(row.length);
    const values = row.map((value, index) =>
      assign(compilation, emitExpression(compilation, emptyScope(), value), { column: columns[index], at: value.at }),
    );
    return `(${values.join(', ')})`;
  });
  return `VALUES ${tuples.join(', ')}`;
}

function compileInsert(compilation: Compilation, statement: NodeOf<'insert'>): CompiledStatement {
  const target = targetOf(compilation.nested(), statement);
  const columns = statement.columns?.map(name => target.find(name, statement.at)) ?? target.columns;
  const names = columns.map(column => quoteName(column.name)).join(', ');
  const duckdb = `INSERT INTO ${duckDbName(target.name)} (${names}) ${emitInsertQuery(compilation, statement, columns)}`;
  return { kind: 'dml', statementType: 'INSERT', table: target.name, query: compilation.finish(duckdb) };
}

/** Finds a row that would be changed by several rows of the source, of which DuckDB takes any. */
function ambiguityOf({ from }: Target, source: EmittedFrom, condition: string): string {
  const alias = quoteName(from.sources[0].alias ?? '');
  return `SELECT 1 FROM ${from.sql}, ${source.sql} WHERE ${condition} GROUP BY ${alias}.rowid HAVING count(*) > 1 LIMIT 1`;
}

function compileUpdate(compilation: Compilation, statement: NodeOf<'update'>): CompiledStatement {
  const target = targetOf(compilation, statement);
  const from = statement.from && emitFrom(compilation, emptyScope(), statement.from);
  const scope = from ? scopeOf(target.from, from) : scopeOf(target.from);
  const set = emitSet(compilation, scope, { set: statement.set, target });
  const where = emitExpression(compilation, scope, statement.where).sql;
  const duckdb = `UPDATE ${target.from.sql} SET ${set}${from ? ` FROM ${from.sql}` : ''} WHERE ${where}`;
  const query = compilation.finish(duckdb);
  const ambiguity = from && ambiguityOf(target, from, where);
  return { kind: 'dml', statementType: 'UPDATE', table: target.name, query: { ...query, ambiguity } };
}

function compileDelete(compilation: Compilation, statement: NodeOf<'delete'>): CompiledStatement {
  const target = targetOf(compilation, statement);
  const where = emitExpression(compilation, scopeOf(target.from), statement.where).sql;
  const query = compilation.finish(`DELETE FROM ${target.from.sql} WHERE ${where}`);
  return { kind: 'dml', statementType: 'DELETE', table: target.name, query };
}

function compileMerge(compilation: Compilation, statement: NodeOf<'merge'>): CompiledStatement {
  const target = targetOf(compilation, statement);
  const source = emitFrom(compilation, emptyScope(), statement.source);
  const scopes: Record<string, Scope> = {
    MATCHED: scopeOf(target.from, source),
    'NOT MATCHED BY TARGET': scopeOf(source),
    'NOT MATCHED BY SOURCE': scopeOf(target.from),
  };
  const clauses = statement.clauses.map(({ matched, and, action }) => {
    const scope = scopes[matched];
    const also = and ? ` AND ${emitExpression(compilation, scope, and).sql}` : '';
    return ` WHEN ${matched}${also} THEN ${emitAction(compilation, scope, { action, target, source, at: statement.at })}`;
  });
  const on = emitExpression(compilation, scopes.MATCHED, statement.on).sql;
  const duckdb = `MERGE INTO ${target.from.sql} USING ${source.sql} ON ${on}${clauses.join('')}`;
  const changing = statement.clauses.filter(({ matched }) => matched === 'MATCHED');
  const conditions = changing.map(({ and }) => (and ? emitExpression(compilation, scopes.MATCHED, and).sql : 'TRUE'));
  const ambiguity = ambiguityOf(target, source, `${on} AND (${['FALSE', ...conditions].join(' OR ')})`);
  return {
    kind: 'dml',
    statementType: 'MERGE',
    table: target.name,
    query: { ...compilation.finish(duckdb), ambiguity },
  };
}

function emitAction(
  compilation: Compilation,
  scope: Scope,
  {
    action,
    target,
    source,
    at,
  }: { action: NodeOf<'merge'>['clauses'][number]['action']; target: Target; source: EmittedFrom; at: number },
): string {
  if (action.kind === 'delete') return 'DELETE';
  if (action.kind === 'update') return `UPDATE SET ${emitSet(compilation, scope, { set: action.set, target })}`;
  const columns = action.columns?.map(name => target.find(name, at)) ?? target.columns;
  const given: Emitted[] = action.values
    ? action.values.map((value: Expression) => emitExpression(compilation, scope, value))
    : source.columns.filter((column): column is Column => !isOpen(column));
  if (given.length !== columns.length)
    throw compilation.error(at, `Inserted row has wrong column count; Has ${given.length}, expected ${columns.length}`);
  const values = columns.map((column, index) => assign(compilation, given[index], { column, at }));
  return `INSERT (${columns.map(column => quoteName(column.name)).join(', ')}) VALUES (${values.join(', ')})`;
}

function compileDrop(compilation: Compilation, { what, path, ifExists, cascade }: NodeOf<'drop'>): CompiledStatement {
  switch (what) {
    case 'MODEL':
      return { kind: 'drop-model', statementType: 'DROP_MODEL', model: compilation.resource(path, 'Model'), ifExists };
    case 'TABLE':
      return { kind: 'drop-table', statementType: 'DROP_TABLE', table: compilation.resource(path, 'Table'), ifExists };
    default:
      return {
        kind: 'drop-schema',
        statementType: 'DROP_SCHEMA',
        dataset: datasetOf(compilation, path),
        ifExists,
        cascade,
      };
  }
}

function compileCreateTable(compilation: Compilation, statement: NodeOf<'create-table'>): CompiledStatement {
  const { table, mode, columns, query } = statement;
  const options: Record<string, OptionValue> = optionsOf(compilation, statement.options);
  return {
    kind: 'create-table',
    statementType: query ? 'CREATE_TABLE_AS_SELECT' : 'CREATE_TABLE',
    table: compilation.resource(table, 'Table'),
    mode,
    ...(columns && { fields: columns.map(column => fieldOfColumn(compilation, column)) }),
    ...(query && { query: compileQuery(compilation, query) }),
    options,
  };
}

/** One statement. @throws BigQueryError for what is wrong, or not modelled */
export function compileStatement(sql: string, statement: Statement, context: CompileContext): CompiledStatement {
  const compilation = new Compilation(sql, context);
  switch (statement.node) {
    case 'query':
      return { kind: 'query', statementType: 'SELECT', query: compileQuery(compilation, statement.query) };
    case 'create-model': {
      const { mode, options, query } = statement;
      const model = compilation.resource(statement.model, 'Model');
      return {
        kind: 'create-model',
        statementType: 'CREATE_MODEL',
        model,
        mode,
        options: optionsOf(compilation, options),
        query: compileQuery(compilation, query),
      };
    }
    case 'create-table':
      return compileCreateTable(compilation, statement);
    case 'create-schema':
      return {
        kind: 'create-schema',
        statementType: 'CREATE_SCHEMA',
        dataset: datasetOf(compilation, statement.path),
        ifNotExists: statement.ifNotExists,
      };
    case 'drop':
      return compileDrop(compilation, statement);
    case 'insert':
      return compileInsert(compilation, statement);
    case 'update':
      return compileUpdate(compilation, statement);
    case 'delete':
      return compileDelete(compilation, statement);
    default:
      return compileMerge(compilation, statement);
  }
}
