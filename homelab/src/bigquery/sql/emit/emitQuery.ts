import type { Expression, GroupBy, Query, QueryBody, Select, SelectItem } from '../ast';
import { quoteName } from '../names';
import { commonType, duckDbType, typeText, type SqlType } from '../types';
import { emitWindow } from './emitCall';
import type { Compilation } from './Compilation';
import { emitExpression } from './emitExpression';
import { emitFrom } from './emitFrom';
import { emitOrderBy } from './emitOrder';
import { emptyScope, isOpen, sameName, type Column, type Emitted, type OpenColumns, type Scope } from './Scope';

/** A query in DuckDB's SQL, with the columns of its result by their own names. */
export interface EmittedQuery {
  sql: string;
  columns: (Column | OpenColumns)[];
}

interface SelectList {
  /** `expression AS "name"`, or a star. */
  sqls: string[];
  /** By their expressions. */
  columns: (Column | OpenColumns)[];
}

interface EmittedBody extends EmittedQuery {
  /** For ORDER BY. */
  scope: Scope;
}

function nameOf(expression: Expression): string | undefined {
  if (expression.node === 'path') return expression.names[expression.names.length - 1];
  return expression.node === 'field' && expression.name ? expression.name : undefined;
}

/** The columns that a star stands for. */
function starColumns(
  compilation: Compilation,
  scope: Scope,
  { at, of }: Extract<SelectItem, { kind: 'star' }>,
): (Column | OpenColumns)[] {
  if (!of) {
    if (scope.columns.length === 0) throw compilation.error(at, 'SELECT * must have a FROM clause');
    return scope.columns;
  }
  const source =
    of.node === 'path' && of.names.length === 1 && scope.sources.find(item => sameName(item.alias, of.names[0]));
  if (source) return source.columns;
  const value = emitExpression(compilation, scope, of);
  if (value.type?.name !== 'STRUCT')
    throw compilation.error(at, `Dot-star is not supported for type ${typeText(value.type)}`);
  return (value.type.fields ?? []).map(field => ({
    name: field.name,
    type: field.type,
    sql: `(${value.sql}).${quoteName(field.name)}`,
  }));
}

function emitStar(compilation: Compilation, scope: Scope, star: Extract<SelectItem, { kind: 'star' }>): SelectList {
  const columns = starColumns(compilation, scope, star);
  const missing = [...star.except, ...star.replace.map(({ name }) => name)].find(
    name => !columns.some(column => isOpen(column) || sameName(column.name, name)),
  );
  if (missing !== undefined)
    throw compilation.error(star.at, `Column ${missing} in SELECT * EXCEPT or REPLACE list does not exist`);
  const replaced = star.replace.map(({ name, value }) => ({ name, value: emitExpression(compilation, scope, value) }));
  const list: SelectList = { sqls: [], columns: [] };
  for (const column of columns) {
    if (isOpen(column)) {
      if (replaced.length > 0) throw compilation.refused(star.at, 'REPLACE in columns of an ML function');
      const exclude = star.except.length > 0 ? ` EXCLUDE (${star.except.map(quoteName).join(', ')})` : '';
      list.sqls.push(`${column.table}.*${exclude}`);
      list.columns.push(column);
    } else if (!star.except.some(name => sameName(name, column.name))) {
      const value: Emitted = replaced.find(({ name }) => sameName(name, column.name))?.value ?? column;
      list.sqls.push(`${value.sql} AS ${quoteName(column.name)}`);
      list.columns.push({ name: column.name, sql: value.sql, type: value.type });
    }
  }
  return list;
}

function emitItems(compilation: Compilation, scope: Scope, items: SelectItem[]): SelectList {
  const list: SelectList = { sqls: [], columns: [] };
  let anonymousCount = 0;
  for (const item of items) {
    if (item.kind === 'star') {
      const star = emitStar(compilation, scope, item);
      list.sqls.push(...star.sqls);
      list.columns.push(...star.columns);
      continue;
    }
    const value = emitExpression(compilation, scope, item.value);
    const name = item.alias ?? nameOf(item.value) ?? `f${anonymousCount++}_`;
    // A column of unknown type that is NULL is an INT64 in BigQuery.
    const sql = value.sql === 'NULL' ? 'CAST(NULL AS BIGINT)' : value.sql;
    list.sqls.push(`${sql} AS ${quoteName(name)}`);
    list.columns.push({ name, sql, type: value.type });
  }
  return list;
}

function emitGroupBy(
  compilation: Compilation,
  scope: Scope,
  { groupBy, columns }: { groupBy: GroupBy; columns: (Column | OpenColumns)[] },
): string {
  if (groupBy.kind === 'ALL') return ' GROUP BY ALL';
  const items = groupBy.items.map(item => {
    if (item.node === 'literal' && item.type.name === 'INT64') {
      const column = columns.slice(0, Number(item.value)).some(isOpen) ? undefined : columns[Number(item.value) - 1];
      if (!column) throw compilation.error(item.at, `GROUP BY is out of SELECT column number range: ${item.value}`);
      return (column as Column).sql;
    }
    const { sql, type } = emitExpression(compilation, scope, item);
    if (type?.name === 'JSON') throw compilation.error(item.at, 'Grouping by expressions of type JSON is not allowed');
    return sql;
  });
  return ` GROUP BY ${groupBy.kind === 'LIST' ? items.join(', ') : `${groupBy.kind} (${items.join(', ')})`}`;
}

function condition(
  compilation: Compilation,
  scope: Scope,
  { clause, expression }: { clause: string; expression?: Expression },
): string {
  if (!expression) return '';
  const { sql, type } = emitExpression(compilation, scope, expression);
  if (type && type.name !== 'BOOL') {
    throw compilation.error(expression.at, `${clause} clause should return type BOOL, but returns ${typeText(type)}`);
  }
  return ` ${clause} ${sql}`;
}

/** SELECT AS STRUCT and SELECT AS VALUE give one column. */
function asOneColumn(compilation: Compilation, select: Select, list: SelectList): SelectList {
  if (!select.as) return list;
  if (list.columns.some(isOpen)) throw compilation.refused(select.at, `SELECT AS ${select.as} of an ML function`);
  const columns = list.columns as Column[];
  if (select.as === 'VALUE') {
    if (columns.length !== 1) throw compilation.error(select.at, 'SELECT AS VALUE query must have exactly one column');
    return { sqls: [`${columns[0].sql} AS ${quoteName('f0_')}`], columns: [{ ...columns[0], name: 'f0_' }] };
  }
  const sql = `struct_pack(${columns.map(column => `${quoteName(column.name)} := ${column.sql}`).join(', ')})`;
  const type: SqlType = { name: 'STRUCT', fields: columns.map(column => ({ name: column.name, type: column.type })) };
  return { sqls: [`${sql} AS ${quoteName('f0_')}`], columns: [{ name: 'f0_', sql, type }] };
}

function emitSelect(compilation: Compilation, outer: Scope, select: Select): EmittedBody {
  const from = select.from && emitFrom(compilation, outer, select.from);
  const scope: Scope = { ...emptyScope(outer), sources: from?.sources ?? [], columns: from?.columns ?? [] };
  if (select.from && !from) throw compilation.error(select.at, 'Syntax error: Unexpected FROM');
  const list = asOneColumn(compilation, select, emitItems(compilation, scope, select.items));
  const named: Scope = { ...scope, aliases: list.columns.filter((column): column is Column => !isOpen(column)) };
  if (select.having && !select.groupBy && !list.columns.some(column => !isOpen(column)))
    throw compilation.refused(select.at, 'HAVING here');
  const clauses = [
    from ? ` FROM ${from.sql}` : '',
    condition(compilation, scope, { clause: 'WHERE', expression: select.where }),
    select.groupBy ? emitGroupBy(compilation, named, { groupBy: select.groupBy, columns: list.columns }) : '',
    condition(compilation, named, { clause: 'HAVING', expression: select.having }),
    select.windows.length > 0
      ? ` WINDOW ${select.windows.map(({ name, window }) => `${quoteName(name)} AS ${emitWindow(compilation, scope, window)}`).join(', ')}`
      : '',
    condition(compilation, named, { clause: 'QUALIFY', expression: select.qualify }),
  ];
  const sql = `SELECT ${select.isDistinct ? 'DISTINCT ' : ''}${list.sqls.join(', ')}${clauses.join('')}`;
  // Behind DISTINCT only the result is left.
  const columns = select.isDistinct ? list.columns.map(asResult) : list.columns;
  const aliases = columns.filter((column): column is Column => !isOpen(column));
  const left = select.isDistinct ? { ...emptyScope(outer), aliases } : named;
  return { sql, columns, scope: { ...left, isAliasFirst: true } };
}

function emitSetOperation(
  compilation: Compilation,
  outer: Scope,
  { at, operator, ...sides }: Extract<QueryBody, { node: 'set' }>,
): EmittedBody {
  const left = emitBody(compilation, outer, sides.left);
  const right = emitBody(compilation, outer, sides.right);
  const hasOpen = [...left.columns, ...right.columns].some(isOpen);
  if (!hasOpen && left.columns.length !== right.columns.length) {
    throw compilation.error(
      at,
      `Queries in ${operator} have mismatched column count; query 1 has ${left.columns.length} column${left.columns.length === 1 ? '' : 's'}, query 2 has ${right.columns.length} column${right.columns.length === 1 ? '' : 's'}`,
    );
  }
  if (hasOpen) {
    return {
      sql: `(${left.sql}) ${operator.replace(' DISTINCT', '')} (${right.sql})`,
      columns: left.columns,
      scope: emptyScope(outer),
    };
  }
  const columns = (left.columns as Column[]).map((column, index) => {
    const type = commonType(column.type, (right.columns[index] as Column).type);
    if (type !== 'none') return { name: column.name, sql: quoteName(column.name), type };
    const types = [column.type, (right.columns[index] as Column).type].map(typeText).join(', ');
    throw compilation.error(at, `Column ${index + 1} in ${operator} has incompatible types: ${types}`);
  });
  const sql = `${typed(left, columns)} ${operator.replace(' DISTINCT', '')} ${typed(right, columns)}`;
  return { sql, columns, scope: { ...emptyScope(outer), columns, aliases: columns, isAliasFirst: true } };
}

/** One side of a set operation, its columns of the common types. */
function typed(side: EmittedBody, columns: Column[]): string {
  const needsCast = columns.some(
    (column, index) => typeText(column.type) !== typeText((side.columns[index] as Column).type),
  );
  if (!needsCast) return `(${side.sql})`;
  const aliases = columns.map((_, index) => quoteName(`c${index}`));
  const items = columns.map(({ type }, index) => {
    const duckdb = duckDbType(type);
    return `${duckdb ? `CAST(${aliases[index]} AS ${duckdb})` : aliases[index]} AS ${quoteName(columns[index].name)}`;
  });
  return `(SELECT ${items.join(', ')} FROM (${side.sql}) AS _side(${aliases.join(', ')}))`;
}

/** A column as its query's result has it. */
function asResult<T extends Column | OpenColumns>(column: T): T {
  return isOpen(column) ? column : { ...column, sql: quoteName(column.name) };
}

function emitBody(compilation: Compilation, scope: Scope, body: QueryBody): EmittedBody {
  if (body.node === 'select') return emitSelect(compilation, scope, body);
  if (body.node === 'set') return emitSetOperation(compilation, scope, body);
  const query = emitQuery(compilation, scope, body.query);
  const columns = query.columns.map(asResult);
  return { sql: `(${query.sql})`, columns, scope: { ...emptyScope(scope), columns } };
}

/** Adds the common table expressions of a query to its scope, each after the other. */
function emitCtes(compilation: Compilation, scope: Scope, { ctes, isRecursive }: Query): string {
  for (const { name, at, query } of ctes) {
    if (scope.ctes.some(cte => sameName(cte.name, name)))
      throw compilation.error(at, `Duplicate alias ${name} for WITH subquery`);
    const own = (columns: (Column | OpenColumns)[]) =>
      columns.map(column =>
        isOpen(column) ? column : { name: column.name, type: column.type, sql: quoteName(column.name) },
      );
    let inner: Scope = scope;
    if (isRecursive && query.body.node === 'set' && query.body.operator.startsWith('UNION')) {
      // The columns of the first part are those that the recursive part reads.
      const first = emitBody(compilation.nested(), scope, query.body.left);
      inner = { ...scope, ctes: [...scope.ctes, { name, columns: own(first.columns), sql: '', isRecursive }] };
    }
    const { sql, columns } = emitQuery(compilation, inner, query);
    scope.ctes.push({ name, columns: own(columns), sql: `${quoteName(name)} AS (${sql})`, isRecursive });
  }
  return ctes.length === 0
    ? ''
    : `WITH ${isRecursive ? 'RECURSIVE ' : ''}${scope.ctes.map(cte => cte.sql).join(', ')} `;
}

/** A query in DuckDB's SQL. @throws BigQueryError for what is wrong, or not modelled */
export function emitQuery(compilation: Compilation, outer: Scope, query: Query): EmittedQuery {
  const scope = query.ctes.length > 0 ? emptyScope(outer) : outer;
  const ctes = emitCtes(compilation, scope, query);
  const body = emitBody(compilation, scope, query.body);
  const orderBy =
    query.orderBy.length > 0
      ? emitOrderBy(compilation, body.scope, { items: query.orderBy, columns: body.columns })
      : '';
  const limit = query.limit ? ` LIMIT ${emitCount(compilation, query.limit)}` : '';
  const offset = query.offset ? ` OFFSET ${emitCount(compilation, query.offset)}` : '';
  // Only a plain SELECT can be ordered by expressions.
  const isPlain = query.body.node === 'select' && !query.body.isDistinct;
  const sql = orderBy && !isPlain ? `SELECT * FROM (${body.sql}) AS _result` : body.sql;
  return { sql: `${ctes}${sql}${orderBy}${limit}${offset}`, columns: body.columns };
}

function emitCount(compilation: Compilation, expression: Expression): string {
  const { sql, type } = emitExpression(compilation, emptyScope(), expression);
  const isConstant = expression.node === 'literal' || expression.node === 'parameter';
  if (!isConstant || type?.name !== 'INT64')
    throw compilation.error(expression.at, 'LIMIT ... OFFSET ... expects INT64 literals or parameters');
  return sql;
}
