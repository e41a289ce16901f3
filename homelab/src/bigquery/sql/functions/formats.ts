// Formats of numbers, dates and times. Elements that DuckDB has not, or has with another meaning, are refused:
// https://cloud.google.com/bigquery/docs/reference/standard-sql/format-elements
import { castTo } from '../emit/cast';
import type { RuleCall } from './rule';
import { quoteText } from '../names';

/** BigQuery's element → DuckDB's. */
const elements: Record<string, string> = {
  '%A': '%A',
  '%a': '%a',
  '%B': '%B',
  '%b': '%b',
  '%h': '%b',
  '%D': '%m/%d/%y',
  '%d': '%d',
  '%F': '%Y-%m-%d',
  '%H': '%H',
  '%I': '%I',
  '%j': '%j',
  '%M': '%M',
  '%m': '%m',
  '%p': '%p',
  '%R': '%H:%M',
  '%S': '%S',
  '%T': '%H:%M:%S',
  '%U': '%U',
  '%u': '%u',
  '%V': '%V',
  '%W': '%W',
  '%w': '%w',
  '%x': '%m/%d/%y',
  '%X': '%H:%M:%S',
  '%Y': '%Y',
  '%y': '%y',
  '%E4Y': '%Y',
  '%G': '%G',
  '%n': '\n',
  '%t': '\t',
  '%%': '%%',
};

/** The elements that only times have. */
const timeElements = ['%H', '%I', '%M', '%p', '%R', '%S', '%T', '%X'];

/** A format in DuckDB's words. @throws BigQueryError for a format that is no literal, or has an element that is not modelled */
function translate({ compilation, at, args }: RuleCall, isDate: boolean): string {
  const { text } = args[0];
  if (text === undefined) throw compilation.refused(at, 'formats that are neither literals nor query parameters');
  return text.replace(/%(?:E4Y|E[*\d]S|E.|[\s\S]?)/g, element => {
    const known = elements[element];
    if (known === undefined || (isDate && timeElements.includes(element)))
      throw compilation.refused(at, `the format element ${element}`);
    return known;
  });
}

/** FORMAT_DATE and so on. `sql` is the value without a time zone. */
export function formatTime(call: RuleCall, sql: string): string {
  return `strftime(${sql}, ${quoteText(translate(call, call.args[1].type?.name === 'DATE'))})`;
}

/** PARSE_DATE and so on, as TIMESTAMP without time zone. */
export function parseTime(call: RuleCall): string {
  const format = translate(call, false);
  if (/%[UuVWwGjp]/.test(format))
    throw call.compilation.refused(call.at, 'reading of weeks, days of the year and halves of the day');
  return `strptime(${call.args[1].sql}, ${quoteText(format)})`;
}

const specifiers = /%(?:%|([-+ 0#']*)(\d*)(?:\.(\d+))?([a-zA-Z*]))/g;

/** FORMAT with the specifiers that C has as well, and `%t`. @throws BigQueryError for others */
export function formatText({ compilation, at, args }: RuleCall): string {
  const [format, ...values] = args;
  if (format.text === undefined)
    throw compilation.refused(at, 'formats that are neither literals nor query parameters');
  let count = 0;
  const used: string[] = [];
  const text = format.text.replace(specifiers, (all, ...[flags, , , kind]: (string | undefined)[]) => {
    if (kind === undefined) return all;
    const value = values[count];
    count += 1;
    if (!value) throw compilation.error(at, 'Too few arguments to FORMAT for pattern');
    if (flags?.includes("'")) throw compilation.refused(at, `the format specifier ${all}`);
    const type = value.type?.name;
    const fits: Record<string, boolean> = {
      d: type === 'INT64',
      i: type === 'INT64',
      x: type === 'INT64',
      X: type === 'INT64',
      o: type === 'INT64',
      f: type === 'FLOAT64',
      e: type === 'FLOAT64',
      s: type === 'STRING',
      t: type !== undefined && type !== 'ARRAY' && type !== 'STRUCT' && type !== 'BYTES' && type !== 'JSON',
    };
    if (!(kind in fits)) throw compilation.refused(at, `the format specifier ${all}`);
    if (type && !fits[kind])
      throw compilation.error(
        at,
        `Invalid type for argument ${count + 1} to FORMAT; Expected ${kind === 's' ? 'STRING' : kind === 'f' || kind === 'e' ? 'DOUBLE' : 'integer'}; Got ${type}`,
      );
    used.push(kind === 't' ? `${castTo(compilation, value, { name: 'STRING' }).sql}` : value.sql);
    return kind === 't' ? all.replace(/t$/, 's') : all;
  });
  if (count < values.length) throw compilation.error(at, 'Too many arguments to FORMAT for pattern');
  const call = `printf(${[quoteText(text), ...used].join(', ')})`;
  return used.length === 0
    ? call
    : `CASE WHEN ${used.map(value => `${value} IS NOT NULL`).join(' AND ')} THEN ${call} END`;
}
