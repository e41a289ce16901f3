/** The syntax tree of GoogleSQL, as far as the homelab models it. Every node knows where it starts. */
import type { SqlType } from './types';

export type Expression = { at: number } & (
  | { node: 'literal'; type: SqlType; /** Bytes in base64. */ value: string | boolean }
  | { node: 'null' }
  | { node: 'parameter'; /** Empty for `?`. */ name: string; /** Of a `?`, from one. */ position: number }
  | { node: 'path'; names: string[] }
  | { node: 'star' }
  | { node: 'field'; of: Expression; name: string }
  | { node: 'subscript'; of: Expression; mode: 'OFFSET' | 'ORDINAL'; isSafe: boolean; index: Expression }
  | { node: 'unary'; operator: string; operand: Expression }
  | { node: 'binary'; operator: string; left: Expression; right: Expression }
  | { node: 'is'; operand: Expression; what: 'NULL' | 'TRUE' | 'FALSE'; isNot: boolean }
  | { node: 'between'; operand: Expression; low: Expression; high: Expression; isNot: boolean }
  | { node: 'in'; operand: Expression; isNot: boolean; list?: Expression[]; query?: Query; array?: Expression }
  | { node: 'case'; operand?: Expression; branches: { when: Expression; then: Expression }[]; otherwise?: Expression }
  | { node: 'cast'; operand: Expression; type: SqlType; isSafe: boolean }
  | { node: 'extract'; part: DatePart; of: Expression; zone?: Expression }
  | { node: 'interval'; value: Expression; part: DatePart }
  | { node: 'part'; part: DatePart }
  | { node: 'array'; type?: SqlType; items: Expression[] }
  | { node: 'struct'; type?: SqlType; fields: { name?: string; value: Expression }[] }
  | { node: 'subquery'; kind: 'scalar' | 'array' | 'exists'; query: Query }
  | FunctionCall
);

export interface FunctionCall {
  node: 'call';
  at: number;
  /** Upper case, without `SAFE.`; `NET.HOST` keeps its dot. */
  name: string;
  isSafe: boolean;
  args: Expression[];
  isDistinct?: boolean;
  nulls?: 'IGNORE' | 'RESPECT';
  orderBy?: OrderItem[];
  limit?: Expression;
  over?: WindowSpecification | string;
}

/** For example `DAY`, or `WEEK` with the day on which it begins. */
export interface DatePart {
  name: string;
  weekStart?: string;
}

export interface OrderItem {
  at: number;
  expression: Expression;
  isDescending: boolean;
  nulls?: 'FIRST' | 'LAST';
}

export interface WindowSpecification {
  base?: string;
  partitionBy: Expression[];
  orderBy: OrderItem[];
  /** `ROWS` or `RANGE`, and its ends. */
  frame?: { unit: 'ROWS' | 'RANGE'; start: FrameBound; end?: FrameBound };
}

export interface FrameBound {
  kind: 'UNBOUNDED PRECEDING' | 'UNBOUNDED FOLLOWING' | 'CURRENT ROW' | 'PRECEDING' | 'FOLLOWING';
  offset?: Expression;
}

export interface Query {
  at: number;
  ctes: { name: string; at: number; query: Query }[];
  isRecursive: boolean;
  body: QueryBody;
  orderBy: OrderItem[];
  limit?: Expression;
  offset?: Expression;
}

export type QueryBody = Select | SetOperation | { node: 'query'; query: Query };

export interface SetOperation {
  node: 'set';
  at: number;
  /** For example `UNION ALL`. */
  operator: string;
  left: QueryBody;
  right: QueryBody;
}

export interface Select {
  node: 'select';
  at: number;
  isDistinct: boolean;
  as?: 'STRUCT' | 'VALUE';
  items: SelectItem[];
  from?: FromItem;
  where?: Expression;
  groupBy?: GroupBy;
  having?: Expression;
  qualify?: Expression;
  windows: { name: string; window: WindowSpecification }[];
}

export type GroupBy = { kind: 'ALL' } | { kind: 'LIST' | 'ROLLUP' | 'CUBE'; items: Expression[] };

export type SelectItem =
  | { kind: 'expression'; at: number; value: Expression; alias?: string }
  | {
      kind: 'star';
      at: number;
      of?: Expression;
      except: string[];
      replace: { name: string; value: Expression }[];
    };

export type FromItem = { at: number } & (
  | { node: 'table'; path: string[]; alias?: string }
  | { node: 'subquery'; query: Query; alias?: string }
  | { node: 'unnest'; array: Expression; alias?: string; offset?: string }
  | { node: 'ml'; call: MlFunction; alias?: string }
  | { node: 'join'; kind: JoinKind; left: FromItem; right: FromItem; on?: Expression; using?: string[] }
);

export type JoinKind = 'CROSS' | 'INNER' | 'LEFT' | 'RIGHT' | 'FULL';

export interface MlFunction {
  at: number;
  /** Upper case, without `ML.`. */
  name: string;
  model: string[];
  input?: { table: string[] } | { query: Query };
  /** A STRUCT of constants. */
  settings?: Expression;
}

/** Constants by names in lower case. */
export type OptionList = Record<string, Expression>;

export interface ColumnDefinition {
  name: string;
  type: SqlType;
  isRequired: boolean;
  /** `description` and so on. */
  options: OptionList;
}

export type Statement = { at: number } & (
  | { node: 'query'; query: Query }
  | {
      node: 'create-model';
      model: string[];
      mode: CreateMode;
      options: OptionList;
      query: Query;
    }
  | { node: 'drop'; what: 'MODEL' | 'TABLE' | 'SCHEMA'; path: string[]; ifExists: boolean; cascade: boolean }
  | {
      node: 'create-table';
      table: string[];
      mode: CreateMode;
      columns?: ColumnDefinition[];
      options: OptionList;
      query?: Query;
    }
  | { node: 'create-schema'; path: string[]; ifNotExists: boolean }
  | { node: 'insert'; table: string[]; columns?: string[]; query?: Query; rows?: Expression[][] }
  | { node: 'update'; table: string[]; alias?: string; set: Assignment[]; from?: FromItem; where: Expression }
  | { node: 'delete'; table: string[]; alias?: string; where: Expression }
  | { node: 'merge'; table: string[]; alias?: string; source: FromItem; on: Expression; clauses: MergeClause[] }
);

export type CreateMode = 'create' | 'replace' | 'if-not-exists';

export interface Assignment {
  at: number;
  column: string;
  value: Expression;
}

export interface MergeClause {
  matched: 'MATCHED' | 'NOT MATCHED BY TARGET' | 'NOT MATCHED BY SOURCE';
  and?: Expression;
  action:
    | { kind: 'delete' }
    | { kind: 'update'; set: Assignment[] }
    | { kind: 'insert'; columns?: string[]; /** Left out for INSERT ROW. */ values?: Expression[] };
}
