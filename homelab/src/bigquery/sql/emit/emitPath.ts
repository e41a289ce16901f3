import type { Expression } from '../ast';
import { quoteName } from '../names';
import type { Compilation } from './Compilation';
import { emitCall } from './emitCall';
import { emitField } from './emitExpression';
import { isOpen, sameName, type Column, type Emitted, type OpenColumns, type Scope } from './Scope';

type Path = Extract<Expression, { node: 'path' }>;

/** Functions that may be called without brackets. */
const bare = ['CURRENT_DATE', 'CURRENT_DATETIME', 'CURRENT_TIME', 'CURRENT_TIMESTAMP'];

interface Found {
  value: Emitted;
  /** How many names of the path it takes. */
  count: number;
}

function column(columns: (Column | OpenColumns)[], name: string, ambiguous: () => Error): Emitted | undefined {
  const known = columns.filter((item): item is Column => !isOpen(item) && sameName(item.name, name));
  if (known.length > 1) throw ambiguous();
  if (known.length === 1) return known[0];
  const open = columns.filter(isOpen);
  if (open.length > 1) throw ambiguous();
  return open.length === 1 ? { sql: `${open[0].table}.${quoteName(name)}`, type: undefined } : undefined;
}

function findIn(compilation: Compilation, scope: Scope, { names, at }: Path): Found | undefined {
  const [first, second] = names;
  const ambiguous = (name: string) => () => compilation.error(at, `Column name ${name} is ambiguous`);
  const alias = scope.aliases?.filter(item => sameName(item.name, first)) ?? [];
  if (scope.isAliasFirst && alias.length > 0) {
    if (alias.length > 1) throw ambiguous(first)();
    return { value: alias[0], count: 1 };
  }
  const source = scope.sources.find(item => sameName(item.alias, first));
  if (source && second !== undefined) {
    const value = column(source.columns, second, ambiguous(second));
    if (value) return { value, count: 2 };
    if (source.value.type?.name !== 'STRUCT') return { value: source.value, count: 1 };
    throw compilation.error(at, `Name ${second} not found inside ${first}`);
  }
  const known = column(
    scope.columns.filter(item => !isOpen(item)),
    first,
    ambiguous(first),
  );
  if (known) return { value: known, count: 1 };
  if (source) return { value: source.value, count: 1 };
  if (alias.length > 0) return { value: alias[0], count: 1 };
  const guessed = column(scope.columns, first, ambiguous(first));
  return guessed && { value: guessed, count: 1 };
}

/** A column, the field of one, or a table's row. @throws BigQueryError for a name that there is not */
export function emitPath(compilation: Compilation, scope: Scope, path: Path): Emitted {
  const { names, at } = path;
  for (let here: Scope | undefined = scope; here; here = here.parent) {
    const found = findIn(compilation, here, path);
    if (!found) continue;
    return names.slice(found.count).reduce((value, name) => emitField(compilation, value, { name, at }), {
      sql: found.value.sql,
      type: found.value.type,
    } as Emitted);
  }
  const [name] = names;
  if (names.length === 1 && bare.includes(name.toUpperCase())) {
    return emitCall(compilation, scope, { node: 'call', at, name: name.toUpperCase(), isSafe: false, args: [] });
  }
  throw compilation.error(at, `Unrecognized name: ${names.join('.')}`);
}
