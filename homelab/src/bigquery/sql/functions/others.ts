// https://cloud.google.com/bigquery/docs/reference/standard-sql/array_functions, json_functions, conditional_expressions
import { isFloat, refuseNaN } from '../emit/floats';
import { jsonPath } from './json';
import type { RuleTable, Template } from './rule';

/** NULL as soon as one array is. */
const arrayConcat: Template = ({ args }) => {
  const isNull = args.map(({ sql }) => `${sql} IS NULL`).join(' OR ');
  return `CASE WHEN ${isNull} THEN NULL ELSE list_concat(${args.map(({ sql }) => sql).join(', ')}) END`;
};

const generate: Template = ({ compilation, args: [start, end, step] }) => {
  const size = step?.sql ?? '1';
  const guarded = `CASE WHEN ${size} = 0 THEN ${compilation.fail('Sequence step cannot be 0.')} ELSE ${size} END`;
  return `generate_series(${start.sql}, ${end.sql}, CAST(${guarded} AS BIGINT))`;
};

const scalar =
  (type: string): Template =>
  call => {
    const path = jsonPath(call);
    const [json] = call.args;
    const inner = `json_type(${json.sql}, ${path})`;
    const value = `CASE WHEN ${inner} IN ('OBJECT', 'ARRAY', 'NULL') THEN NULL ELSE json_extract_string(${json.sql}, ${path}) END`;
    return type === 'STRING' ? value : `CAST(${value} AS ${type})`;
  };

const part: Template = call =>
  `CAST(nullif(CAST(json_extract(${call.args[0].sql}, ${jsonPath(call)}) AS VARCHAR), 'null') AS VARCHAR)`;

/** Functions on arrays, JSON, and several types. */
export const otherFunctions: RuleTable = {
  ARRAY_CONCAT: ['T[]... -> T[]', arrayConcat],
  ARRAY_FIRST: [
    'T[] -> T',
    ({ compilation, args: [list] }) =>
      `CASE WHEN len(${list.sql}) = 0 THEN ${compilation.fail('ARRAY_FIRST cannot get the first element of an empty array')} ELSE (${list.sql})[1] END`,
  ],
  ARRAY_LAST: [
    'T[] -> T',
    ({ compilation, args: [list] }) =>
      `CASE WHEN len(${list.sql}) = 0 THEN ${compilation.fail('ARRAY_LAST cannot get the last element of an empty array')} ELSE (${list.sql})[-1] END`,
  ],
  ARRAY_LENGTH: ['ANY[] -> INT64', 'CAST(len($1) AS BIGINT)'],
  ARRAY_REVERSE: ['T[] -> T[]', 'list_reverse($1)'],
  ARRAY_TO_STRING: [
    ['STRING[] STRING -> STRING', "CASE WHEN len($1) = 0 THEN '' ELSE array_to_string($1, $2) END"],
    [
      'STRING[] STRING STRING -> STRING',
      "CASE WHEN len($1) = 0 THEN '' ELSE array_to_string(list_transform($1, lambda item: coalesce(item, $3)), $2) END",
    ],
  ],
  COALESCE: ['T... -> T', 'coalesce($*)'],
  GENERATE_ARRAY: [
    ['INT64 INT64 -> INT64[]', generate],
    ['INT64 INT64 INT64 -> INT64[]', generate],
  ],
  GENERATE_UUID: ['-> STRING', 'CAST(uuid() AS VARCHAR)'],
  IF: ['BOOL T T -> T', 'CASE WHEN $1 THEN $2 ELSE $3 END'],
  IFNULL: ['T T -> T', 'coalesce($1, $2)'],
  NULLIF: [
    'T T -> T',
    ({ type, args: [value, other] }) => `nullif(${isFloat(type) ? refuseNaN(value.sql) : value.sql}, ${other.sql})`,
  ],
  ERROR: ['STRING -> INT64', 'error($1)'],
  JSON_EXTRACT: ['JSON|STRING STRING -> $1', part],
  JSON_EXTRACT_SCALAR: ['JSON|STRING STRING -> STRING', scalar('STRING')],
  JSON_QUERY: ['STRING STRING -> STRING', part],
  JSON_VALUE: [
    ['JSON|STRING -> STRING', scalar('STRING')],
    ['JSON|STRING STRING -> STRING', scalar('STRING')],
  ],
  PARSE_JSON: ['STRING -> JSON', 'CAST($1 AS JSON)'],
  TO_JSON_STRING: [
    ['STRING|INT64|BOOL|DATE -> STRING', "coalesce(CAST(to_json($1) AS VARCHAR), 'null')"],
    ['JSON -> STRING', "coalesce(CAST($1 AS VARCHAR), 'null')"],
  ],
};
