// https://cloud.google.com/bigquery/docs/reference/standard-sql/date_functions and its neighbours for DATETIME, TIME, TIMESTAMP
import type { DatePart } from '../ast';
import { addInterval, countBorders, countWhole, inCalendar, truncate } from '../emit/dateParts';
import { castTo } from '../emit/cast';
import type { Emitted } from '../emit/Scope';
import type { SqlType } from '../types';
import { formatTime, parseTime } from './formats';
import { applyTemplate, type Overload, type RuleCall, type RuleTable, type Template } from './rule';

/** A point in time as clocks show it in a time zone, UTC unless said. */
function local(timestamp: string, zone?: Emitted): string {
  return `timezone(${zone?.sql ?? "'UTC'"}, ${timestamp})`;
}

function partOf({ args }: RuleCall): DatePart {
  return args.find(({ type }) => type?.name === 'PART')?.part as DatePart;
}

function shift(sign: 1 | -1): Template {
  return ({ compilation, at, args: [value, interval] }) => addInterval(compilation, { at, value, interval, sign }).sql;
}

function shifts(type: string, sign: 1 | -1): Overload {
  return [`${type} INTERVAL -> ${type}`, shift(sign)];
}

const borders: Template = call => {
  const { compilation, at, args } = call;
  return countBorders(compilation, {
    at,
    sqls: [args[0].sql, args[1].sql],
    type: args[0].type as SqlType,
    part: partOf(call),
  });
};

const wholes: Template = call =>
  countWhole(call.compilation, { at: call.at, sqls: [call.args[0].sql, call.args[1].sql], part: partOf(call) });

/** On clocks of the time zone, then back. */
const truncateLocal: Template = call => {
  const [value, , zone] = call.args;
  const isTimestamp = value.type?.name === 'TIMESTAMP';
  const sql = isTimestamp ? local(value.sql, zone) : value.sql;
  const type = isTimestamp ? { name: 'DATETIME' } : (value.type as SqlType);
  const truncated = truncate(call.compilation, { at: call.at, sql, type, part: partOf(call) });
  return isTimestamp ? local(truncated, zone) : truncated;
};

const lastDay: Template = call => {
  const part = call.args[1] ? partOf(call) : { name: 'MONTH' };
  const { compilation, at, args } = call;
  const start = truncate(compilation, { at, sql: `CAST(${args[0].sql} AS DATE)`, type: { name: 'DATE' }, part });
  const days = { WEEK: 7, ISOWEEK: 7 }[part.name];
  if (days) return `CAST(${start} + ${days - 1} AS DATE)`;
  const months = { MONTH: 1, QUARTER: 3, YEAR: 12 }[part.name];
  if (!months) throw compilation.refused(at, `LAST_DAY with ${part.name}`);
  return `CAST(CAST(${start} + to_months(${months}) AS DATE) - 1 AS DATE)`;
};

function convert(type: string): Template {
  return ({ compilation, args: [value] }) => castTo(compilation, value, { name: type }).sql;
}

/** Made of numbers, which DuckDB lets be later than there are years. */
function made(type: string, template: string): Template {
  return call => inCalendar(call.compilation, applyTemplate(template, call), { name: type });
}

const makeDate = made('DATE', 'make_date(CAST($1 AS BIGINT), CAST($2 AS BIGINT), CAST($3 AS BIGINT))');
const clock = 'current_timestamp';

/** A constant text with a time zone of its own wins over the one that is given. */
const inZone: Template = ({ compilation, args: [value, zone] }) =>
  local(castTo(compilation, value, { name: 'DATETIME' }).sql, zone);

function series(start: string, end: string, step: string): string {
  return `generate_series(${start}, ${end}, ${step})`;
}

/** The dates from one to another. */
const dateArray: Template = ({ compilation, at, args: [start, end, step] }) => {
  const unit = step?.part?.name ?? 'DAY';
  const count = step?.sql ?? '1';
  const sizes: Record<string, string> = {
    DAY: `to_days(CAST(${count} AS INTEGER))`,
    WEEK: `to_days(CAST(7 * ${count} AS INTEGER))`,
    MONTH: `to_months(CAST(${count} AS INTEGER))`,
    QUARTER: `to_months(CAST(3 * ${count} AS INTEGER))`,
    YEAR: `to_months(CAST(12 * ${count} AS INTEGER))`,
  };
  if (!sizes[unit]) throw compilation.error(at, `Unsupported date part ${unit} for type DATE`);
  const zero = `CASE WHEN ${count} = 0 THEN ${compilation.fail('Sequence step cannot be 0.')} ELSE ${sizes[unit]} END`;
  const list = series(`CAST(${start.sql} AS TIMESTAMP)`, `CAST(${end.sql} AS TIMESTAMP)`, zero);
  return `CAST(${list} AS DATE[])`;
};

const timestampArray: Template = ({ compilation, at, args: [start, end, step] }) => {
  const zero = addInterval(compilation, {
    at,
    value: { sql: "TIMESTAMP '2000-01-01'", type: { name: 'TIMESTAMP' } },
    interval: step,
    sign: 1,
  }).sql;
  return series(start.sql, end.sql, `(${zero} - TIMESTAMP '2000-01-01')`);
};

const format: Template = call => {
  const [, value, zone] = call.args;
  return formatTime(call, value.type?.name === 'TIMESTAMP' ? local(value.sql, zone) : value.sql);
};

const unix = (size: number): RuleTable[string] => [
  'TIMESTAMP -> INT64',
  `CAST(floor(epoch_us($1) / ${size}.0) AS BIGINT)`,
];
const fromUnix = (size: number): RuleTable[string] => [
  'INT64 -> TIMESTAMP',
  made('TIMESTAMP', `make_timestamptz($1 * ${size})`),
];

/** Functions on dates and times. */
export const dateFunctions: RuleTable = {
  CURRENT_DATE: [
    ['-> DATE', `CAST(${local(clock)} AS DATE)`],
    ['STRING -> DATE', `CAST(timezone($1, ${clock}) AS DATE)`],
  ],
  CURRENT_DATETIME: [
    ['-> DATETIME', local(clock)],
    ['STRING -> DATETIME', `timezone($1, ${clock})`],
  ],
  CURRENT_TIME: ['-> TIME', `CAST(${local(clock)} AS TIME)`],
  CURRENT_TIMESTAMP: ['-> TIMESTAMP', clock],
  DATE: [
    ['INT64 INT64 INT64 -> DATE', makeDate],
    ['TIMESTAMP STRING -> DATE', ({ args }) => `CAST(${local(args[0].sql, args[1])} AS DATE)`],
    ['DATE|DATETIME -> DATE', convert('DATE')],
    ['TIMESTAMP -> DATE', convert('DATE')],
  ],
  DATE_ADD: [shifts('DATE', 1), shifts('DATETIME', 1), shifts('TIMESTAMP', 1)],
  DATE_DIFF: [
    ['DATE DATE PART -> INT64', borders],
    ['DATETIME DATETIME PART -> INT64', borders],
    ['TIMESTAMP TIMESTAMP PART -> INT64', wholes],
  ],
  DATE_FROM_UNIX_DATE: ['INT64 -> DATE', made('DATE', "CAST(DATE '1970-01-01' + CAST($1 AS INTEGER) AS DATE)")],
  DATE_SUB: [shifts('DATE', -1), shifts('DATETIME', -1), shifts('TIMESTAMP', -1)],
  DATE_TRUNC: [
    ['DATE PART -> DATE', truncateLocal],
    ['DATETIME PART -> DATETIME', truncateLocal],
    ['TIMESTAMP PART -> TIMESTAMP', truncateLocal],
    ['TIMESTAMP PART STRING -> TIMESTAMP', truncateLocal],
  ],
  DATETIME: [
    [
      'INT64 INT64 INT64 INT64 INT64 INT64 -> DATETIME',
      made('DATETIME', 'make_timestamp($1, $2, $3, $4, $5, CAST($6 AS DOUBLE))'),
    ],
    ['DATE TIME -> DATETIME', '($1 + $2)'],
    ['TIMESTAMP STRING -> DATETIME', ({ args }) => local(args[0].sql, args[1])],
    ['DATE|DATETIME -> DATETIME', convert('DATETIME')],
    ['TIMESTAMP -> DATETIME', convert('DATETIME')],
  ],
  DATETIME_ADD: shifts('DATETIME', 1),
  DATETIME_DIFF: ['DATETIME DATETIME PART -> INT64', borders],
  DATETIME_SUB: shifts('DATETIME', -1),
  DATETIME_TRUNC: ['DATETIME PART -> DATETIME', truncateLocal],
  FORMAT_DATE: ['STRING DATE -> STRING', format],
  FORMAT_DATETIME: ['STRING DATETIME -> STRING', format],
  FORMAT_TIME: ['STRING TIME -> STRING', call => formatTime(call, `(DATE '1970-01-01' + ${call.args[1].sql})`)],
  FORMAT_TIMESTAMP: [
    ['STRING TIMESTAMP -> STRING', format],
    ['STRING TIMESTAMP STRING -> STRING', format],
  ],
  GENERATE_DATE_ARRAY: [
    ['DATE DATE -> DATE[]', dateArray],
    ['DATE DATE INTERVAL -> DATE[]', dateArray],
  ],
  GENERATE_TIMESTAMP_ARRAY: ['TIMESTAMP TIMESTAMP INTERVAL -> TIMESTAMP[]', timestampArray],
  LAST_DAY: [
    ['DATE|DATETIME -> DATE', lastDay],
    ['DATE|DATETIME PART -> DATE', lastDay],
  ],
  PARSE_DATE: ['STRING STRING -> DATE', call => `CAST(${parseTime(call)} AS DATE)`],
  PARSE_DATETIME: ['STRING STRING -> DATETIME', parseTime],
  PARSE_TIME: ['STRING STRING -> TIME', call => `CAST(${parseTime(call)} AS TIME)`],
  PARSE_TIMESTAMP: [
    ['STRING STRING -> TIMESTAMP', call => local(parseTime(call))],
    ['STRING STRING STRING -> TIMESTAMP', call => local(parseTime(call), call.args[2])],
  ],
  TIME: [
    ['INT64 INT64 INT64 -> TIME', 'make_time($1, $2, CAST($3 AS DOUBLE))'],
    ['DATETIME -> TIME', convert('TIME')],
    ['TIMESTAMP -> TIME', convert('TIME')],
  ],
  TIME_ADD: shifts('TIME', 1),
  TIME_SUB: shifts('TIME', -1),
  TIME_TRUNC: ['TIME PART -> TIME', truncateLocal],
  TIMESTAMP: [
    ['STRING -> TIMESTAMP', convert('TIMESTAMP')],
    ['STRING STRING -> TIMESTAMP', inZone],
    ['DATE|DATETIME -> TIMESTAMP', convert('TIMESTAMP')],
    ['DATE|DATETIME STRING -> TIMESTAMP', inZone],
    ['TIMESTAMP -> TIMESTAMP', '$1'],
  ],
  TIMESTAMP_ADD: shifts('TIMESTAMP', 1),
  TIMESTAMP_DIFF: ['TIMESTAMP TIMESTAMP PART -> INT64', wholes],
  TIMESTAMP_MICROS: fromUnix(1),
  TIMESTAMP_MILLIS: fromUnix(1000),
  TIMESTAMP_SECONDS: fromUnix(1_000_000),
  TIMESTAMP_SUB: shifts('TIMESTAMP', -1),
  TIMESTAMP_TRUNC: [
    ['TIMESTAMP PART -> TIMESTAMP', truncateLocal],
    ['TIMESTAMP PART STRING -> TIMESTAMP', truncateLocal],
  ],
  UNIX_DATE: ['DATE -> INT64', "CAST($1 - DATE '1970-01-01' AS BIGINT)"],
  UNIX_MICROS: ['TIMESTAMP -> INT64', 'epoch_us($1)'],
  UNIX_MILLIS: unix(1000),
  UNIX_SECONDS: unix(1_000_000),
};
