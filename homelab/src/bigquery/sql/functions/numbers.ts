// https://cloud.google.com/bigquery/docs/reference/standard-sql/mathematical_functions
import { divide } from '../emit/emitOperator';
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

/** NULL as soon as one value is. */
function strict(name: string): Template {
  return ({ args }) => {
    const isNull = args.map(({ sql }) => `${sql} IS NULL`).join(' OR ');
    return `CASE WHEN ${isNull} THEN NULL ELSE ${name}(${args.map(({ sql }) => sql).join(', ')}) END`;
  };
}

function whole(operator: string): Template {
  return ({ compilation, args }) => divide(compilation, args, `${args[0].sql} ${operator} ${args[1].sql}`);
}

function quotientType({ args }: RuleCall): SqlType {
  const common = commonType(args[0].type, args[1].type);
  return common && common !== 'none' && common.name !== 'INT64' ? common : { name: 'FLOAT64' };
}

const safeDivide: Template = call => {
  const [left, right] = call.args.map(({ sql }) => sql);
  const scale = { NUMERIC: 9, BIGNUMERIC: 20 }[quotientType(call).name];
  const quotient = `CAST(${left} AS DOUBLE) / CAST(${right} AS DOUBLE)`;
  return `CASE WHEN ${right} = 0 THEN NULL ELSE ${scale ? `CAST(${quotient} AS DECIMAL(38,${scale}))` : quotient} END`;
};

const safe = (operator: string): RuleTable[string] => [
  ['INT64 INT64 -> INT64', `TRY($1 ${operator} $2)`],
  ['FLOAT64 FLOAT64 -> FLOAT64', `TRY($1 ${operator} $2)`],
];

/** Fails where DuckDB gives an infinite or no number. */
const power: Template = ({ compilation, args }) => {
  const [base, exponent] = args.map(({ sql }) => sql);
  const failure = compilation.fail('Floating point error in function: POW(', base, "', '", exponent, "')'");
  const isWrong = `(${base} = 0 AND ${exponent} < 0) OR (${base} < 0 AND ${exponent} <> trunc(${exponent}))`;
  return `CASE WHEN ${isWrong} THEN ${failure} ELSE pow(${base}, ${exponent}) END`;
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
      ({ compilation, args }) =>
        divide(compilation, args, `CAST(trunc(${args[0].sql} / ${args[1].sql}) AS DECIMAL(38,9))`),
    ],
  ],
  EXP: floatOnly('exp($1)'),
  FLOOR: keeping('floor($1)'),
  GREATEST: ['T... -> T', strict('greatest')],
  IEEE_DIVIDE: ['FLOAT64 FLOAT64 -> FLOAT64', '$1 / $2'],
  IS_INF: ['FLOAT64 -> BOOL', 'isinf($1)'],
  IS_NAN: ['FLOAT64 -> BOOL', 'isnan($1)'],
  LEAST: ['T... -> T', strict('least')],
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
