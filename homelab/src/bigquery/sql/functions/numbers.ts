// https://cloud.google.com/bigquery/docs/reference/standard-sql/mathematical_functions
import { divide } from '../emit/emitOperator';
import { finite, isFloat, numericQuotient, wholeQuotient } from '../emit/floats';
import { commonType, type SqlType } from '../types';
import type { RuleCall, RuleTable, Template } from './rule';

/** A value as FLOAT64, which DuckDB would else take for a decimal number. */
const asFloat = (template: string) => template.replaceAll('$1', 'CAST($1 AS DOUBLE)');

/** Functions that keep NUMERIC and make FLOAT64 of INT64. */
function keeping(template: string): RuleTable[string] {
  return [
    ['INT64 -> FLOAT64', asFloat(template)],
    ['FLOAT64 -> FLOAT64', template],
    ['NUMERIC -> NUMERIC', `CAST(${template} AS DECIMAL(38,9))`],
    ['BIGNUMERIC -> BIGNUMERIC', `CAST(${template} AS DECIMAL(38,20))`],
  ];
}

function floatOnly(template: string): RuleTable[string] {
  return ['FLOAT64 -> FLOAT64', template];
}

function whole(operator: string): Template {
  return ({ compilation, args }) => divide(compilation, args, `${args[0].sql} ${operator} ${args[1].sql}`);
}

function quotientType({ args }: RuleCall): SqlType {
  const common = commonType(args[0].type, args[1].type);
  return common && common !== 'none' && common.name !== 'INT64' ? common : { name: 'FLOAT64' };
}

/** NULL where finite numbers gave an infinite one. */
const unlessOverflow = (operator: string, [left, right]: string[] = ['$1', '$2']) =>
  `CASE WHEN isinf(${left} ${operator} ${right}) AND isfinite(${left}) AND isfinite(${right}) THEN NULL ELSE ${left} ${operator} ${right} END`;

const safeDivide: Template = call => {
  const sqls = call.args.map(({ sql }) => sql);
  const floats = sqls.map(sql => `CAST(${sql} AS DOUBLE)`);
  const quotient = quotientType(call).name === 'NUMERIC' ? numericQuotient(sqls) : unlessOverflow('/', floats);
  return `CASE WHEN ${sqls[1]} = 0 THEN NULL ELSE ${quotient} END`;
};

const safe = (operator: string): RuleTable[string] => [
  ['INT64 INT64 -> INT64', `TRY($1 ${operator} $2)`],
  ['FLOAT64 FLOAT64 -> FLOAT64', unlessOverflow(operator)],
];

/** Fails where a finite number gave an infinite one. */
const exponential: Template = ({ compilation, args: [{ sql }] }) =>
  `CASE WHEN isinf(${sql}) THEN exp(${sql}) ELSE ${finite(compilation, `exp(${sql})`)} END`;

/** NULL as soon as one value is, and NaN as soon as one is, which DuckDB takes for the largest. */
const extreme =
  (name: string): Template =>
  ({ args, type }) => {
    const anyIs = (test: (sql: string) => string) => args.map(({ sql }) => test(sql)).join(' OR ');
    const nan = isFloat(type) ? `WHEN ${anyIs(sql => `isnan(${sql})`)} THEN CAST('nan' AS DOUBLE) ` : '';
    const found = `${name}(${args.map(({ sql }) => sql).join(', ')})`;
    return `CASE WHEN ${anyIs(sql => `${sql} IS NULL`)} THEN NULL ${nan}ELSE ${found} END`;
  };

/** Fails where DuckDB gives an infinite or no number. */
const power: Template = ({ compilation, args }) => {
  const [base, exponent] = args.map(({ sql }) => sql);
  const failure = compilation.fail('Floating point error in function: POW(', base, "', '", exponent, "')'");
  const isWrong = `(${base} = 0 AND ${exponent} < 0) OR (${base} < 0 AND ${exponent} <> trunc(${exponent}))`;
  return `CASE WHEN ${isWrong} THEN ${failure} WHEN isinf(${base}) OR isinf(${exponent}) THEN pow(${base}, ${exponent}) ELSE ${finite(compilation, `pow(${base}, ${exponent})`)} END`;
};

/** Functions on numbers. */
export const numberFunctions: RuleTable = {
  ABS: ['NUM -> $1', 'abs($1)'],
  ACOS: floatOnly('acos($1)'),
  ASIN: floatOnly('asin($1)'),
  ATAN: floatOnly('atan($1)'),
  ATAN2: ['FLOAT64 FLOAT64 -> FLOAT64', 'atan2($1, $2)'],
  CBRT: floatOnly('cbrt($1)'),
  CEIL: keeping('ceil($1)'),
  CEILING: keeping('ceil($1)'),
  COS: floatOnly('cos($1)'),
  DIV: [
    ['INT64 INT64 -> INT64', whole('//')],
    [
      'NUMERIC NUMERIC -> NUMERIC',
      ({ compilation, args }) => divide(compilation, args, wholeQuotient(args.map(({ sql }) => sql))),
    ],
  ],
  EXP: ['FLOAT64 -> FLOAT64', exponential],
  FLOOR: keeping('floor($1)'),
  GREATEST: ['T... -> T', extreme('greatest')],
  IEEE_DIVIDE: ['FLOAT64 FLOAT64 -> FLOAT64', '$1 / $2'],
  IS_INF: ['FLOAT64 -> BOOL', 'isinf($1)'],
  IS_NAN: ['FLOAT64 -> BOOL', 'isnan($1)'],
  LEAST: ['T... -> T', extreme('least')],
  LN: floatOnly('ln($1)'),
  LOG: [
    ['FLOAT64 -> FLOAT64', 'ln($1)'],
    ['FLOAT64 FLOAT64 -> FLOAT64', '(ln($1) / ln($2))'],
  ],
  LOG10: floatOnly('log10($1)'),
  MOD: [
    ['INT64 INT64 -> INT64', whole('%')],
    ['NUMERIC NUMERIC -> NUMERIC', whole('%')],
  ],
  PI: ['-> FLOAT64', 'pi()'],
  POW: ['FLOAT64 FLOAT64 -> FLOAT64', power],
  POWER: ['FLOAT64 FLOAT64 -> FLOAT64', power],
  RAND: ['-> FLOAT64', 'random()'],
  ROUND: [
    ['INT64 -> FLOAT64', 'CAST($1 AS DOUBLE)'],
    ['FLOAT64 -> FLOAT64', 'round($1)'],
    ['NUMERIC -> NUMERIC', 'CAST(round($1) AS DECIMAL(38,9))'],
    ['INT64 INT64 -> FLOAT64', 'round(CAST($1 AS DOUBLE), CAST($2 AS INTEGER))'],
    ['FLOAT64 INT64 -> FLOAT64', 'round($1, CAST($2 AS INTEGER))'],
    ['NUMERIC INT64 -> NUMERIC', 'CAST(round($1, CAST($2 AS INTEGER)) AS DECIMAL(38,9))'],
  ],
  SAFE_ADD: safe('+'),
  SAFE_DIVIDE: [
    ['INT64|FLOAT64 INT64|FLOAT64 -> FLOAT64', safeDivide],
    ['NUMERIC NUMERIC -> NUMERIC', safeDivide],
    ['FLOAT64 FLOAT64 -> FLOAT64', safeDivide],
  ],
  SAFE_MULTIPLY: safe('*'),
  SAFE_NEGATE: ['INT64 -> INT64', 'TRY(- $1)'],
  SAFE_SUBTRACT: safe('-'),
  SIGN: [
    ['INT64 -> INT64', 'CAST(sign($1) AS BIGINT)'],
    ['FLOAT64 -> FLOAT64', 'CAST(sign($1) AS DOUBLE)'],
    ['NUMERIC -> NUMERIC', 'CAST(sign($1) AS DECIMAL(38,9))'],
  ],
  SIN: floatOnly('sin($1)'),
  SQRT: floatOnly('sqrt($1)'),
  TAN: floatOnly('tan($1)'),
  TRUNC: [
    ['INT64 -> FLOAT64', 'CAST($1 AS DOUBLE)'],
    ['FLOAT64 -> FLOAT64', 'trunc($1)'],
    ['NUMERIC -> NUMERIC', 'CAST(trunc($1) AS DECIMAL(38,9))'],
  ],
};
