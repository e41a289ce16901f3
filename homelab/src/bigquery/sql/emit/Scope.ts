import type { DatePart, Expression } from '../ast';
import type { SqlType } from '../types';

/** An expression in DuckDB's SQL. */
export interface Emitted {
  sql: string;
  type: SqlType | undefined;
  /** Literals and parameters become what is wanted more easily than other values. */
  isConstant?: boolean;
  /** The text of a constant STRING. */
  text?: string;
  /** Of a part or an interval, of which `sql` is the count. */
  part?: DatePart;
  /** The syntax that it comes from. */
  from?: Expression;
}

/** A column of a table or of a result, with the expression that reads it. */
export interface Column extends Emitted {
  name: string;
}

/** The columns of a table that are not known before it is read: what an ML function returns. */
export interface OpenColumns {
  /** Quoted. */
  table: string;
}

export function isOpen(column: Column | OpenColumns): column is OpenColumns {
  return 'table' in column;
}

/** Something in FROM that has a name. */
export interface Source {
  /** Left out where the statement gives none. */
  alias?: string;
  columns: (Column | OpenColumns)[];
  /** What the alias itself stands for. */
  value: Emitted;
}

/** A common table expression that can be read. */
export interface Cte {
  name: string;
  columns: (Column | OpenColumns)[];
  /** `"name" AS (…)` */
  sql: string;
  isRecursive: boolean;
}

/** The names that an expression can use. */
export interface Scope {
  parent?: Scope;
  sources: Source[];
  /** What `*` stands for, and names without a table's. */
  columns: (Column | OpenColumns)[];
  ctes: Cte[];
  /** Names of the select list, where they can be used. */
  aliases?: Column[];
  /** ORDER BY looks for aliases first. */
  isAliasFirst?: boolean;
}

/** A scope without names of its own. */
export function emptyScope(parent?: Scope): Scope {
  return { parent, sources: [], columns: [], ctes: [] };
}

export function sameName(left: string | undefined, right: string): boolean {
  return left?.toLowerCase() === right.toLowerCase();
}

export function findCte(scope: Scope | undefined, name: string): Cte | undefined {
  for (let at = scope; at; at = at.parent) {
    const found = at.ctes.find(cte => sameName(cte.name, name));
    if (found) return found;
  }
  return undefined;
}

/** All that are visible, outermost first. */
export function visibleCtes(scope: Scope | undefined): Cte[] {
  return scope ? [...visibleCtes(scope.parent), ...scope.ctes] : [];
}

export function findSource(scope: Scope | undefined, alias: string): Source | undefined {
  for (let at = scope; at; at = at.parent) {
    const found = at.sources.find(source => sameName(source.alias, alias));
    if (found) return found;
  }
  return undefined;
}
