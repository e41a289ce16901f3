import type { Expression, FromItem, JoinKind } from '../ast';
import { settingsOf } from '../constants';
import { duckDbName, informationSchemaName, quoteName } from '../names';
import { typeOfField, typeText } from '../types';
import { BigQueryError } from '../../model';
import type { Compilation } from './Compilation';
import { emitExpression } from './emitExpression';
import { compareFloats, isFloat } from './floats';
import { emitQuery } from './emitQuery';
import {
  emptyScope,
  findCte,
  findSource,
  isOpen,
  sameName,
  visibleCtes,
  type Column,
  type OpenColumns,
  type Scope,
  type Source,
} from './Scope';

/** What is behind FROM, in DuckDB's SQL, with the names that it brings. */
export interface EmittedFrom {
  sql: string;
  sources: Source[];
  columns: (Column | OpenColumns)[];
}

type ItemOf<N extends FromItem['node']> = Extract<FromItem, { node: N }>;

/** A table of this name in DuckDB, with these columns by their own names. */
function asSource(
  sql: string,
  { alias, table, columns }: { alias?: string; table: string; columns: (Column | OpenColumns)[] },
): EmittedFrom {
  const quoted = quoteName(table);
  const own = columns.map(column =>
    isOpen(column)
      ? { table: quoted }
      : { name: column.name, type: column.type, sql: `${quoted}.${quoteName(column.name)}` },
  );
  const fields = own.filter((column): column is Column => !isOpen(column)).map(({ name, type }) => ({ name, type }));
  const type = own.some(isOpen) ? undefined : { name: 'STRUCT', fields };
  return { sql: `${sql} AS ${quoted}`, sources: [{ alias, columns: own, value: { sql: quoted, type } }], columns: own };
}

/** The view of INFORMATION_SCHEMA that a path names. */
function emitInformationSchema(
  compilation: Compilation,
  { at, path, alias }: ItemOf<'table'>,
): EmittedFrom | undefined {
  const position = path.findIndex(part => part.toUpperCase() === 'INFORMATION_SCHEMA');
  if (position < 0) return undefined;
  const [view, ...more] = path.slice(position + 1);
  if (!view || more.length > 0 || position > 2)
    throw compilation.error(at, `Invalid table name: \`${path.join('.')}\``);
  const before = path.slice(0, position);
  const isRegion = /^region-/i.test(before[before.length - 1] ?? '');
  const { defaultProject, defaultDataset } = compilation.context;
  const dataset = before.length === 0 ? defaultDataset?.dataset : isRegion ? undefined : before[before.length - 1];
  // Alone it may as well be a project, but whoever means that writes the region.
  const project = (before.length === 2 ? before[0] : undefined) ?? defaultProject;
  const name = view.toUpperCase();
  if (dataset) requireDatasetView(compilation, at, name);
  const fields = compilation.context.schemaOf({ project, dataset: dataset ?? '', name: `INFORMATION_SCHEMA.${name}` });
  const table = alias ?? name;
  const columns: (Column | OpenColumns)[] = fields
    ? fields.map(field => ({ name: field.name, type: typeOfField(field), sql: quoteName(field.name) }))
    : [{ table: quoteName(table) }];
  return asSource(informationSchemaName({ project, dataset, view: name }), { alias: table, table, columns });
}

function requireDatasetView(compilation: Compilation, at: number, view: string): void {
  if (/^(JOBS|SCHEMATA)/.test(view))
    throw compilation.error(at, `INFORMATION_SCHEMA.${view} must be qualified with a region, not a dataset`);
}

function emitTable(compilation: Compilation, scope: Scope, item: ItemOf<'table'>): EmittedFrom {
  const { at, path, alias } = item;
  const table = alias ?? path[path.length - 1];
  const cte = path.length === 1 ? findCte(scope, path[0]) : undefined;
  if (cte) return asSource(quoteName(cte.name), { alias: table, table, columns: cte.columns });
  if (path.length > 1 && findSource(scope, path[0])) {
    return emitUnnest(compilation, scope, {
      node: 'unnest',
      at,
      array: { node: 'path', at, names: path },
      alias: table,
    });
  }
  const schema = emitInformationSchema(compilation, item);
  if (schema) return schema;
  const name = compilation.resource(path, 'Table');
  if (/[*]$/.test(name.name)) throw compilation.refused(at, 'wildcard tables');
  const columns = compilation
    .read(name)
    .map(field => ({ name: field.name, type: typeOfField(field), sql: quoteName(field.name) }));
  return asSource(duckDbName(name), { alias: table, table, columns });
}

/** The elements of an array as rows; those of structs have their fields as columns. */
function emitUnnest(
  compilation: Compilation,
  scope: Scope,
  { at, array, alias, offset }: ItemOf<'unnest'>,
): EmittedFrom {
  const { sql: list, type } = emitExpression(compilation, scope, array);
  if (type && type.name !== 'ARRAY') {
    throw compilation.error(
      at,
      `Values referenced in UNNEST must be arrays. UNNEST contains expression of type ${typeText(type)}`,
    );
  }
  const table = compilation.uniqueName('unnest');
  const value = { sql: `${quoteName(table)}."value"`, type: type?.element };
  const struct = value.type?.name === 'STRUCT' ? value.type.fields : undefined;
  const columns: (Column | OpenColumns)[] = struct
    ? struct.map(field => ({ name: field.name, type: field.type, sql: `(${value.sql}).${quoteName(field.name)}` }))
    : [{ name: alias ?? 'f0_', ...value }];
  const sources: Source[] = [{ alias, columns, value }];
  const all = [...columns];
  if (offset) {
    const position: Column = { name: offset, type: { name: 'INT64' }, sql: `${quoteName(table)}."offset"` };
    all.push(position);
  }
  const sql = `(SELECT unnest(${list}) AS "value", generate_subscripts(${list}, 1) - 1 AS "offset") AS ${quoteName(table)}`;
  return { sql, sources, columns: all };
}

function emitSubquery(compilation: Compilation, scope: Scope, { query, alias }: ItemOf<'subquery'>): EmittedFrom {
  const { sql, columns } = emitQuery(compilation, scope, query);
  const table = alias ?? compilation.uniqueName('query');
  const [first] = columns;
  const isValue = query.body.node === 'select' && query.body.as !== undefined && !isOpen(first);
  const source = asSource(`(${sql})`, { alias, table, columns });
  if (!isValue) return source;
  // A table of values: the alias is the value, whose fields are the columns.
  const value = { sql: `${quoteName(table)}.${quoteName(first.name)}`, type: first.type };
  const fields = first.type?.name === 'STRUCT' ? (first.type.fields ?? []) : undefined;
  const own = fields?.map(field => ({
    name: field.name,
    type: field.type,
    sql: `(${value.sql}).${quoteName(field.name)}`,
  })) ?? [{ name: alias ?? first.name, ...value }];
  return { sql: source.sql, sources: [{ alias, columns: own, value }], columns: own };
}

function missingModel(id: string): BigQueryError {
  return new BigQueryError(`Not found: Model ${id}`, { status: 404, reason: 'notFound' });
}

/** A call of an ML function: its input runs first and on its own, its result is read from a temporary table. */
function emitMl(compilation: Compilation, scope: Scope, { call, alias }: ItemOf<'ml'>): EmittedFrom {
  const model = compilation.resource(call.model, 'Model');
  // ML.TRAINING_INFO reads of a model that is being made as well.
  if (call.name !== 'TRAINING_INFO' && compilation.context.modelExists?.(model) === false)
    throw missingModel(`${model.project}:${model.dataset}.${model.name}`);
  const placeholder = compilation.uniqueName('ml').slice(1);
  const input = call.input && emitMlInput(compilation, scope, { ...call, input: call.input });
  const settings = settingsOf(compilation, call.settings);
  compilation.addMlCall({ placeholder, function: call.name, model, ...(input && { input }), settings });
  const table = alias ?? placeholder;
  return asSource(quoteName(placeholder), { alias, table, columns: [{ table: quoteName(table) }] });
}

function emitMlInput(
  compilation: Compilation,
  scope: Scope,
  { at, input }: { at: number; input: NonNullable<ItemOf<'ml'>['call']['input']> },
) {
  const nested = compilation.nested();
  const ctes = visibleCtes(scope);
  const own: Scope = { ...emptyScope(), ctes };
  if ('table' in input) {
    const from = emitTable(nested, own, { node: 'table', at, path: input.table });
    return nested.finish(`${withCtes(own, from.sql)}SELECT * FROM ${from.sql}`);
  }
  const { sql } = emitQuery(nested, own, input.query);
  return nested.finish(sql.startsWith('WITH ') ? mergeWith(own, sql) : `${withCtes(own, sql)}${sql}`);
}

/** The outer common table expressions that a text names, with those that these name. */
function withCtes({ ctes }: Scope, sql: string): string {
  const used: string[] = [];
  let isRecursive = false;
  for (const cte of [...ctes].reverse()) {
    if (!`${sql} ${used.join(' ')}`.includes(quoteName(cte.name))) continue;
    used.unshift(cte.sql);
    isRecursive ||= cte.isRecursive;
  }
  return used.length === 0 ? '' : `WITH ${isRecursive ? 'RECURSIVE ' : ''}${used.join(', ')} `;
}

function mergeWith(scope: Scope, sql: string): string {
  const outer = withCtes(scope, sql);
  return outer === '' ? sql : `${outer}SELECT * FROM (${sql})`;
}

/** The columns of USING, which both sides have. */
function emitUsing(
  compilation: Compilation,
  {
    kind,
    left,
    right,
    names,
    at,
  }: { kind: JoinKind; left: EmittedFrom; right: EmittedFrom; names: string[]; at: number },
): { on: string; merged: Column[] } {
  const find = (side: EmittedFrom, name: string, which: string): Column => {
    const found = side.columns.filter((column): column is Column => !isOpen(column) && sameName(column.name, name));
    if (found.length === 1) return found[0];
    const open = side.columns.filter(isOpen);
    if (found.length === 0 && open.length === 1)
      return { name, type: undefined, sql: `${open[0].table}.${quoteName(name)}` };
    throw compilation.error(
      at,
      found.length > 1
        ? `Column ${name} in USING clause is ambiguous`
        : `Column ${name} in USING clause not found on ${which} side of join`,
    );
  };
  const pairs = names.map(name => [find(left, name, 'left'), find(right, name, 'right')]);
  const merged = pairs.map(([ours, theirs]) => ({
    ...ours,
    sql: kind === 'FULL' ? `coalesce(${ours.sql}, ${theirs.sql})` : kind === 'RIGHT' ? theirs.sql : ours.sql,
  }));
  const on = pairs.map(pair => {
    const sqls = pair.map(({ sql }) => sql);
    return pair.some(({ type }) => isFloat(type)) ? compareFloats('=', pair, sqls) : sqls.join(' = ');
  });
  return { on: on.join(' AND '), merged };
}

function emitJoin(
  compilation: Compilation,
  outer: Scope,
  { at, kind, on, using, ...sides }: ItemOf<'join'>,
): EmittedFrom {
  const left = emitFrom(compilation, outer, sides.left);
  const visible: Scope = { ...emptyScope(outer), sources: left.sources, columns: left.columns };
  const right = emitFrom(compilation, visible, sides.right);
  const duplicate = right.sources.find(
    ({ alias }) => alias !== undefined && left.sources.some(source => sameName(source.alias, alias)),
  );
  if (duplicate) throw compilation.error(at, `Duplicate table alias ${duplicate.alias} in the same FROM clause`);
  const sources = [...left.sources, ...right.sources];
  if (using) {
    const { on: condition, merged } = emitUsing(compilation, { kind, left, right, names: using, at });
    const others = [...left.columns, ...right.columns].filter(
      column => isOpen(column) || !using.some(name => sameName(name, column.name)),
    );
    if (others.some(isOpen)) throw compilation.refused(at, 'USING with an ML function: use ON');
    return { sql: `${left.sql} ${kind} JOIN ${right.sql} ON ${condition}`, sources, columns: [...merged, ...others] };
  }
  const columns = [...left.columns, ...right.columns];
  const isArray = sides.right.node === 'unnest' || right.sql.startsWith('(SELECT unnest(');
  if (kind === 'CROSS') return { sql: `${left.sql} CROSS JOIN ${right.sql}`, sources, columns };
  if (!on && !isArray) throw compilation.error(at, 'Syntax error: Expected keyword ON or keyword USING');
  if (isArray && kind !== 'INNER' && kind !== 'LEFT')
    throw compilation.error(at, `Array scan is not allowed with ${kind} JOIN`);
  const condition = on ? emitCondition(compilation, { ...emptyScope(outer), sources, columns }, on) : 'TRUE';
  return { sql: `${left.sql} ${kind} JOIN ${right.sql} ON ${condition}`, sources, columns };
}

function emitCondition(compilation: Compilation, scope: Scope, on: Expression): string {
  const { sql, type } = emitExpression(compilation, scope, on);
  if (type && type.name !== 'BOOL')
    throw compilation.error(on.at, `JOIN ON clause should return type BOOL, but returns ${typeText(type)}`);
  return sql;
}

/** What is behind FROM. `scope` has what items to the left bring. @throws BigQueryError */
export function emitFrom(compilation: Compilation, scope: Scope, item: FromItem): EmittedFrom {
  switch (item.node) {
    case 'table':
      return emitTable(compilation, scope, item);
    case 'subquery':
      return emitSubquery(compilation, outsideOfJoin(scope), item);
    case 'unnest':
      return emitUnnest(compilation, scope, item);
    case 'ml':
      return emitMl(compilation, scope, item);
    default:
      return emitJoin(compilation, scope, item);
  }
}

/** Queries in FROM do not see their neighbours; what is around the whole query they do see. */
function outsideOfJoin(scope: Scope): Scope {
  return { ...emptyScope(scope.parent), ctes: scope.ctes };
}
