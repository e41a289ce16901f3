// https://cloud.google.com/bigquery/docs/reference/standard-sql/string_functions
import { castTo } from '../emit/cast';
import { formatText } from './formats';
import { emitRegexpExtract, emitRegexpExtractAll, emitRegexpReplace } from './regexps';
import type { RuleTable, Template } from './rule';

/** Positions count from one, or from the end; zero is one, and what is before the beginning is the beginning. */
function substring(length: (value: string) => string): Template {
  return ({ args: [value, position, count], compilation }) => {
    const [text, at] = [value.sql, `(${position.sql})`];
    const start = `CASE WHEN ${at} = 0 OR -${at} > ${length(text)} THEN 1 WHEN ${at} < 0 THEN ${length(text)} + ${at} + 1 ELSE ${at} END`;
    if (!count) return `substring(${text}, ${start})`;
    const guarded = `CASE WHEN ${count.sql} < 0 THEN ${compilation.fail('Third argument in SUBSTR() cannot be negative')} ELSE ${count.sql} END`;
    return `substring(${text}, ${start}, ${guarded})`;
  };
}

const ofText = substring(value => `length(${value})`);

/** Values of any type that CAST makes a text of. */
const concat: Template = ({ compilation, args }) =>
  `(${args.map(arg => castTo(compilation, arg, { name: 'STRING' }).sql).join(' || ')})`;

/** DuckDB refuses an empty filling, and counts where BigQuery fails. */
function pad(name: 'lpad' | 'rpad'): Template {
  return ({ compilation, args: [text, length, filling] }) => {
    const failure = compilation.fail(`Second argument in ${name.toUpperCase()}() cannot be negative`);
    const count = `CASE WHEN ${length.sql} < 0 THEN ${failure} ELSE CAST(${length.sql} AS INTEGER) END`;
    return `${name}(${text.sql}, ${count}, ${filling?.sql ?? "' '"})`;
  };
}

function side(name: 'left' | 'right'): Template {
  return ({ compilation, args: [text, length] }) => {
    const failure = compilation.fail(`Second argument in ${name.toUpperCase()}() cannot be negative`);
    return `"${name}"(${text.sql}, CASE WHEN ${length.sql} < 0 THEN ${failure} ELSE ${length.sql} END)`;
  };
}

const repeat: Template = ({ compilation, args: [text, count] }) =>
  `repeat(${text.sql}, CASE WHEN ${count.sql} < 0 THEN ${compilation.fail('Second argument in REPEAT() cannot be negative')} ELSE ${count.sql} END)`;

const byteLength = 'octet_length($1)';
const hash = (name: string): RuleTable[string] => [
  ['BYTES -> BYTES', `unhex(${name}($1))`],
  ['STRING -> BYTES', `unhex(${name}($1))`],
];

/** Functions on texts and bytes. */
export const stringFunctions: RuleTable = {
  ASCII: ['STRING -> INT64', "CASE WHEN $1 = '' THEN 0 ELSE CAST(ascii($1) AS BIGINT) END"],
  BYTE_LENGTH: [
    ['STRING -> INT64', 'CAST(strlen($1) AS BIGINT)'],
    ['BYTES -> INT64', byteLength],
  ],
  CHAR_LENGTH: ['STRING -> INT64', 'length($1)'],
  CHARACTER_LENGTH: ['STRING -> INT64', 'length($1)'],
  CHR: ['INT64 -> STRING', 'chr(CAST($1 AS INTEGER))'],
  CONCAT: [
    ['BYTES... -> BYTES', ({ args }) => `(${args.map(({ sql }) => sql).join(' || ')})`],
    ['ANY... -> STRING', concat],
  ],
  ENDS_WITH: ['STRING STRING -> BOOL', 'ends_with($1, $2)'],
  FORMAT: ['STRING ANY... -> STRING', formatText],
  FROM_BASE64: ['STRING -> BYTES', 'from_base64($1)'],
  FROM_HEX: ['STRING -> BYTES', 'unhex($1)'],
  INSTR: ['STRING STRING -> INT64', 'instr($1, $2)'],
  LEFT: ['STRING INT64 -> STRING', side('left')],
  LENGTH: [
    ['STRING -> INT64', 'length($1)'],
    ['BYTES -> INT64', byteLength],
  ],
  LOWER: ['STRING -> STRING', 'lower($1)'],
  LPAD: [
    ['STRING INT64 -> STRING', pad('lpad')],
    ['STRING INT64 STRING -> STRING', pad('lpad')],
  ],
  LTRIM: [
    ['STRING -> STRING', 'ltrim($1)'],
    ['STRING STRING -> STRING', 'ltrim($1, $2)'],
  ],
  MD5: hash('md5'),
  OCTET_LENGTH: [
    ['STRING -> INT64', 'CAST(strlen($1) AS BIGINT)'],
    ['BYTES -> INT64', byteLength],
  ],
  REGEXP_CONTAINS: ['STRING STRING -> BOOL', 'regexp_matches($1, $2)'],
  REGEXP_EXTRACT: ['STRING STRING -> STRING', emitRegexpExtract],
  REGEXP_EXTRACT_ALL: ['STRING STRING -> STRING[]', emitRegexpExtractAll],
  REGEXP_REPLACE: ['STRING STRING STRING -> STRING', emitRegexpReplace],
  REGEXP_SUBSTR: ['STRING STRING -> STRING', emitRegexpExtract],
  REPEAT: ['STRING INT64 -> STRING', repeat],
  REPLACE: ['STRING STRING STRING -> STRING', "CASE WHEN $2 = '' THEN $1 ELSE replace($1, $2, $3) END"],
  REVERSE: ['STRING -> STRING', 'reverse($1)'],
  RIGHT: ['STRING INT64 -> STRING', side('right')],
  RPAD: [
    ['STRING INT64 -> STRING', pad('rpad')],
    ['STRING INT64 STRING -> STRING', pad('rpad')],
  ],
  RTRIM: [
    ['STRING -> STRING', 'rtrim($1)'],
    ['STRING STRING -> STRING', 'rtrim($1, $2)'],
  ],
  SHA1: hash('sha1'),
  SHA256: hash('sha256'),
  SPLIT: [
    ['STRING -> STRING[]', "string_split($1, ',')"],
    ['STRING STRING -> STRING[]', "CASE WHEN $1 = '' THEN [''] ELSE string_split($1, $2) END"],
  ],
  STARTS_WITH: ['STRING STRING -> BOOL', 'starts_with($1, $2)'],
  STRPOS: ['STRING STRING -> INT64', 'instr($1, $2)'],
  SUBSTR: [
    ['STRING INT64 -> STRING', ofText],
    ['STRING INT64 INT64 -> STRING', ofText],
  ],
  SUBSTRING: [
    ['STRING INT64 -> STRING', ofText],
    ['STRING INT64 INT64 -> STRING', ofText],
  ],
  TO_BASE64: ['BYTES -> STRING', 'base64($1)'],
  TO_HEX: ['BYTES -> STRING', 'lower(hex($1))'],
  TRIM: [
    ['STRING -> STRING', 'trim($1)'],
    ['STRING STRING -> STRING', 'trim($1, $2)'],
  ],
  UNICODE: ['STRING -> INT64', "CASE WHEN $1 = '' THEN 0 ELSE CAST(unicode($1) AS BIGINT) END"],
  UPPER: ['STRING -> STRING', 'upper($1)'],
};
