// Parts of dates and times, as all functions of this kind use them:
// https://cloud.google.com/bigquery/docs/reference/standard-sql/date_functions
import type { DatePart, Expression } from '../ast';
import { int64, scalarType, typeText, type SqlType } from '../types';
import type { Compilation } from './Compilation';
import { emitExpression } from './emitExpression';
import { once } from './floats';
import type { Emitted, Scope } from './Scope';

const days = ['SUNDAY', 'MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY'];
const datePartNames = ['DAY', 'WEEK', 'ISOWEEK', 'MONTH', 'QUARTER', 'YEAR', 'ISOYEAR'];
const timePartNames = ['MICROSECOND', 'MILLISECOND', 'SECOND', 'MINUTE', 'HOUR'];

/** Microseconds of the parts that are always the same. */
const micros: Record<string, number> = {
  MICROSECOND: 1,
  MILLISECOND: 1000,
  SECOND: 1_000_000,
  MINUTE: 60_000_000,
  HOUR: 3_600_000_000,
  DAY: 86_400_000_000,
};

/** Months of the parts that are of several. */
const months: Record<string, number> = { MONTH: 1, QUARTER: 3, YEAR: 12 };

/** Parts that a type can be counted in. @throws BigQueryError for others */
function checkPart(
  compilation: Compilation,
  at: number,
  { part, type, allowed }: { part: DatePart; type: SqlType | undefined; allowed: string[] },
): void {
  if (allowed.includes(part.name)) return;
  throw compilation.error(at, `Unsupported date part ${part.name} for type ${typeText(type)}`);
}

/** Date parts that a type has. */
function partsOf(type: string): string[] {
  if (type === 'DATE') return datePartNames;
  return type === 'TIME' ? timePartNames : [...timePartNames, ...datePartNames];
}

/** DuckDB's names of the types that end with a year, and their last value there. */
const lastOf: Record<string, string> = {
  DATE: "DATE '9999-12-31'",
  DATETIME: "TIMESTAMP '9999-12-31 23:59:59.999999'",
  TIMESTAMP: "TIMESTAMPTZ '9999-12-31 23:59:59.999999+00'",
};

/** Fails outside of the years 1 to 9999, as DuckDB does not. */
export function inCalendar(compilation: Compilation, sql: string, type: SqlType | undefined): string {
  const last = lastOf[type?.name ?? ''];
  if (!last) return sql;
  const first = last.replace(/'.*'/, type?.name === 'TIMESTAMP' ? "'0001-01-01 00:00:00+00'" : "'0001-01-01'");
  const failure = compilation.fail(`${type?.name} overflow: a result is not in the years 1 to 9999`);
  return once(sql, `CASE WHEN _v < ${first} OR _v > ${last} THEN ${failure} ELSE _v END`);
}

/** A date, a time or a point in time with an interval added. @throws BigQueryError for parts that do not fit */
export function addInterval(
  compilation: Compilation,
  options: { at: number; value: Emitted; interval: Emitted; sign: 1 | -1 },
): Emitted {
  const { at, value, interval, sign } = options;
  const part = interval.part as DatePart;
  const type = value.type?.name ?? 'DATETIME';
  const isCountable =
    type !== 'TIMESTAMP' ? partsOf(type).filter(name => !name.startsWith('ISO')) : Object.keys(micros);
  if (type === 'DATE' && timePartNames.includes(part.name))
    throw compilation.error(at, `Unsupported date part ${part.name} for type DATE`);
  checkPart(compilation, at, { part, type: value.type, allowed: isCountable });
  if (interval.from && 'type' in interval && part.weekStart)
    throw compilation.refused(at, 'intervals of weeks that begin on a given day');
  const count = `${sign === -1 ? '-' : ''}(${interval.sql})`;
  if (months[part.name]) {
    const duckdb = type === 'DATE' ? 'DATE' : 'TIMESTAMP';
    const sum = `CAST(${value.sql} + to_months(CAST(${count} * ${months[part.name]} AS INTEGER)) AS ${duckdb})`;
    return { sql: inCalendar(compilation, sum, value.type), type: value.type };
  }
  if (type === 'DATE') {
    const sum = `CAST(${value.sql} + CAST(${count} * ${part.name === 'WEEK' ? 7 : 1} AS INTEGER) AS DATE)`;
    return { sql: inCalendar(compilation, sum, value.type), type: value.type };
  }
  const size = part.name === 'WEEK' ? 7 * micros.DAY : micros[part.name];
  const sum = `(${value.sql} + to_microseconds(${count} * ${size}))`;
  return { sql: inCalendar(compilation, sum, value.type), type: value.type };
}

/** The number of the day on which the week of a part begins; Sunday is 0. */
function weekStart({ name, weekStart: day = 'SUNDAY' }: DatePart): number {
  return name === 'ISOWEEK' ? 1 : days.indexOf(day);
}

/** The day before which (or on which) the week of a date begins. */
function startOfWeek(date: string, part: DatePart): string {
  return `CAST(${date} - CAST((dayofweek(${date}) - ${weekStart(part)} + 7) % 7 AS INTEGER) AS DATE)`;
}

/** A date or a point in time without what is smaller than a part. `sql` has no time zone. */
export function truncate(
  compilation: Compilation,
  options: { at: number; sql: string; type: SqlType; part: DatePart },
): string {
  const { at, sql, type, part } = options;
  checkPart(compilation, at, { part, type, allowed: partsOf(type.name) });
  const duckdb = type.name === 'DATE' ? 'DATE' : 'TIMESTAMP';
  if (type.name === 'TIME') return `CAST(date_trunc('${part.name}', DATE '1970-01-01' + ${sql}) AS TIME)`;
  if (part.name === 'WEEK' || part.name === 'ISOWEEK')
    return `CAST(${startOfWeek(`CAST(${sql} AS DATE)`, part)} AS ${duckdb})`;
  const name = part.name === 'ISOYEAR' ? 'isoyear' : part.name.toLowerCase();
  return `CAST(date_trunc('${name}', ${sql}) AS ${duckdb})`;
}

/** How many borders of a part are between two dates or datetimes. */
export function countBorders(
  compilation: Compilation,
  options: { at: number; sqls: string[]; type: SqlType; part: DatePart },
): string {
  const { at, sqls, type, part } = options;
  checkPart(compilation, at, { part, type, allowed: partsOf(type.name) });
  const [end, start] = sqls;
  if (part.name === 'WEEK' || part.name === 'ISOWEEK') {
    const [later, earlier] = [end, start].map(sql => startOfWeek(`CAST(${sql} AS DATE)`, part));
    return `CAST((${later} - ${earlier}) // 7 AS BIGINT)`;
  }
  if (part.name === 'ISOYEAR') return `CAST(isoyear(${end}) - isoyear(${start}) AS BIGINT)`;
  return `date_diff('${part.name.toLowerCase()}', ${start}, ${end})`;
}

/** How many whole parts are between two points in time. */
export function countWhole(compilation: Compilation, options: { at: number; sqls: string[]; part: DatePart }): string {
  const { at, sqls, part } = options;
  checkPart(compilation, at, { part, type: { name: 'TIMESTAMP' }, allowed: Object.keys(micros) });
  return `((epoch_us(${sqls[0]}) - epoch_us(${sqls[1]})) // ${micros[part.name]})`;
}

/** What EXTRACT gives for a part; `$` is the value. */
const extractions: Record<string, string> = {
  MICROSECOND: 'microsecond($) % 1000000',
  MILLISECOND: 'millisecond($) % 1000',
  SECOND: 'second($)',
  MINUTE: 'minute($)',
  HOUR: 'hour($)',
  DAYOFWEEK: 'dayofweek($) + 1',
  DAY: 'day($)',
  DAYOFYEAR: 'dayofyear($)',
  ISOWEEK: 'week($)',
  MONTH: 'month($)',
  QUARTER: 'quarter($)',
  YEAR: 'year($)',
  ISOYEAR: 'isoyear($)',
};

/** EXTRACT. @throws BigQueryError for parts that the value does not have */
export function emitExtract(
  compilation: Compilation,
  scope: Scope,
  expression: Extract<Expression, { node: 'extract' }>,
): Emitted {
  const { at, part, zone } = expression;
  const value = emitExpression(compilation, scope, expression.of);
  const type = value.type?.name;
  if (!type || !['DATE', 'DATETIME', 'TIMESTAMP', 'TIME'].includes(type)) {
    throw compilation.error(at, `EXTRACT does not support arguments of type ${typeText(value.type)}`);
  }
  if (zone && type !== 'TIMESTAMP') throw compilation.error(at, 'EXTRACT does not support AT TIME ZONE for this type');
  const zoneSql = zone ? emitExpression(compilation, scope, zone).sql : "'UTC'";
  const sql = type === 'TIMESTAMP' ? `timezone(${zoneSql}, ${value.sql})` : value.sql;
  if ((part.name === 'DATE' || part.name === 'TIME') && type !== 'DATE' && type !== 'TIME') {
    return { sql: `CAST(${sql} AS ${part.name})`, type: scalarType(part.name) };
  }
  checkPart(compilation, at, {
    part,
    type: value.type,
    allowed: [...partsOf(type), ...(type === 'TIME' ? [] : ['DAYOFWEEK', 'DAYOFYEAR'])],
  });
  if (part.name === 'WEEK') {
    const first = weekStart(part);
    return {
      sql: `CAST((dayofyear(${sql}) + 6 - (dayofweek(${sql}) - ${first} + 7) % 7) // 7 AS BIGINT)`,
      type: int64,
    };
  }
  return { sql: `CAST(${extractions[part.name].replaceAll('$', () => sql)} AS BIGINT)`, type: int64 };
}
