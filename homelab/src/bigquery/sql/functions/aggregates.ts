// https://cloud.google.com/bigquery/docs/reference/standard-sql/aggregate_functions and its neighbours for windows
import type { Compilation } from '../emit/Compilation';
import { finite, numericQuotient } from '../emit/floats';
import { isNumeric, type SqlType } from '../types';

/** What a rule knows of a call. */
export interface AggregateCall {
  compilation: Compilation;
  at: number;
  /** Of the result. */
  type: SqlType | undefined;
}

/** An aggregation or a window function. */
export interface AggregateRule {
  /** As in the tables of other functions; several are tried in order. */
  signatures: string[];
  /** DuckDB's function. */
  name: string;
  /** Instead of the arguments as they are. */
  args?: (sqls: string[]) => string[];
  /** Around DuckDB's call. */
  wrap?: (sql: string, call: AggregateCall) => string;
  /** Goes by the order of its first argument, in which DuckDB has NaN elsewhere. */
  isOrdered?: boolean;
  /** Only with OVER. */
  isWindow?: boolean;
  /** Takes `ORDER BY` and `LIMIT` in its brackets, and IGNORE NULLS. */
  isList?: boolean;
  /** Takes `IGNORE NULLS` and `RESPECT NULLS`. */
  hasNulls?: boolean;
}

const bigint = (sql: string) => `CAST(${sql} AS BIGINT)`;
const bounded = (sql: string, { compilation }: AggregateCall) => finite(compilation, sql);

/** DuckDB adds up in wider types, and until it is infinite. */
function narrow(sql: string, { compilation, type }: AggregateCall): string {
  if (!type || !isNumeric(type)) return sql;
  if (type.name === 'FLOAT64') return finite(compilation, sql);
  return type.name === 'INT64' ? bigint(sql) : `CAST(${sql} AS DECIMAL(38,${type.name === 'NUMERIC' ? 9 : 20}))`;
}

/** DuckDB's mean of decimal numbers has 15 digits. */
function mean(sql: string, call: AggregateCall): string {
  if (call.type?.name === 'BIGNUMERIC') throw call.compilation.refused(call.at, 'AVG of BIGNUMERIC');
  if (call.type?.name !== 'NUMERIC') return narrow(sql, call);
  return numericQuotient(['sum', 'count'].map(name => sql.replace(/^avg/, name)));
}

function statistic(name: string): AggregateRule {
  return { signatures: ['FLOAT64 -> FLOAT64'], name };
}

function pair(name: string): AggregateRule {
  return { signatures: ['FLOAT64 FLOAT64 -> FLOAT64'], name, wrap: bounded };
}

function rank(name: string, type: string): AggregateRule {
  return { signatures: [`-> ${type}`], name, isWindow: true };
}

const shifted = ['T -> T', 'T INT64 -> T', 'T INT64 T -> T'];
const shiftArgs = ([value, offset = '1', fallback]: string[]) => [value, offset, ...(fallback ? [fallback] : [])];

/** How many borders APPROX_QUANTILES is asked for, as fractions. */
function fractions([value, count]: string[]): string[] {
  const number = Number(/^CAST\((\d+) AS BIGINT\)$/.exec(count)?.[1] ?? 0);
  const list = Array.from({ length: number + 1 }, (_, index) => String(index / number));
  return [value, `[${list.join(', ')}]`];
}

/** Aggregations and window functions by their names. */
export const aggregates: Record<string, AggregateRule> = {
  ANY_VALUE: { signatures: ['ANY -> $1'], name: 'first' },
  APPROX_COUNT_DISTINCT: { signatures: ['ANY -> INT64'], name: 'count', args: ([value]) => [`DISTINCT ${value}`] },
  APPROX_QUANTILES: { signatures: ['T INT64 -> T[]'], name: 'quantile_disc', args: fractions, isOrdered: true },
  ARRAY_AGG: { signatures: ['T -> T[]'], name: 'list', isList: true },
  ARRAY_CONCAT_AGG: { signatures: ['T[] -> T[]'], name: 'list', wrap: sql => `flatten(${sql})`, isList: true },
  AVG: {
    signatures: ['INT64|FLOAT64 -> FLOAT64', 'NUMERIC -> NUMERIC', 'BIGNUMERIC -> BIGNUMERIC'],
    name: 'avg',
    wrap: mean,
  },
  BIT_AND: { signatures: ['INT64 -> INT64'], name: 'bit_and' },
  BIT_OR: { signatures: ['INT64 -> INT64'], name: 'bit_or' },
  BIT_XOR: { signatures: ['INT64 -> INT64'], name: 'bit_xor' },
  CORR: pair('corr'),
  COUNT: { signatures: ['ANY -> INT64', '-> INT64'], name: 'count' },
  COUNTIF: { signatures: ['BOOL -> INT64'], name: 'count_if', wrap: bigint },
  COVAR_POP: pair('covar_pop'),
  COVAR_SAMP: pair('covar_samp'),
  CUME_DIST: rank('cume_dist', 'FLOAT64'),
  DENSE_RANK: rank('dense_rank', 'INT64'),
  FIRST_VALUE: { signatures: ['T -> T'], name: 'first_value', isWindow: true, hasNulls: true },
  LAG: { signatures: shifted, name: 'lag', args: shiftArgs, isWindow: true },
  LAST_VALUE: { signatures: ['T -> T'], name: 'last_value', isWindow: true, hasNulls: true },
  LEAD: { signatures: shifted, name: 'lead', args: shiftArgs, isWindow: true },
  LOGICAL_AND: { signatures: ['BOOL -> BOOL'], name: 'bool_and' },
  LOGICAL_OR: { signatures: ['BOOL -> BOOL'], name: 'bool_or' },
  MAX: { signatures: ['ANY -> $1'], name: 'max' },
  MIN: { signatures: ['ANY -> $1'], name: 'min', isOrdered: true },
  NTH_VALUE: { signatures: ['T INT64 -> T'], name: 'nth_value', isWindow: true, hasNulls: true },
  NTILE: { signatures: ['INT64 -> INT64'], name: 'ntile', isWindow: true },
  PERCENT_RANK: rank('percent_rank', 'FLOAT64'),
  PERCENTILE_CONT: {
    signatures: ['FLOAT64 FLOAT64 -> FLOAT64'],
    name: 'quantile_cont',
    isWindow: true,
    isOrdered: true,
  },
  PERCENTILE_DISC: { signatures: ['ANY FLOAT64 -> $1'], name: 'quantile_disc', isWindow: true, isOrdered: true },
  RANK: rank('rank', 'INT64'),
  ROW_NUMBER: rank('row_number', 'INT64'),
  STDDEV: statistic('stddev_samp'),
  STDDEV_POP: statistic('stddev_pop'),
  STDDEV_SAMP: statistic('stddev_samp'),
  STRING_AGG: {
    signatures: ['STRING -> STRING', 'STRING STRING -> STRING'],
    name: 'string_agg',
    args: ([value, delimiter = "','"]) => [value, delimiter],
    isList: true,
  },
  SUM: { signatures: ['NUM -> $1'], name: 'sum', wrap: narrow },
  VAR_POP: statistic('var_pop'),
  VAR_SAMP: statistic('var_samp'),
  VARIANCE: statistic('var_samp'),
};
