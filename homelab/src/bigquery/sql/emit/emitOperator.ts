// Operators: https://cloud.google.com/bigquery/docs/reference/standard-sql/operators
import type { Expression } from '../ast';
import { bool, commonType, float64, int64, isNumeric, typeText, type SqlType } from '../types';
import type { BigQueryError } from '../../model';
import { coerce } from './cast';
import type { Compilation } from './Compilation';
import { addInterval } from './dateParts';
import { emitExpression, unify } from './emitExpression';
import { compareFloats, finite, holdsFloat, isFloat, numericQuotient } from './floats';
import type { Emitted, Scope } from './Scope';

type Binary = Extract<Expression, { node: 'binary' }>;

/** What BigQuery says when types do not fit. */
export function noMatchingSignature(
  compilation: Compilation,
  { at, what, args }: { at: number; what: string; args: Emitted[] },
): BigQueryError {
  const types = args.map(({ type }) => typeText(type)).join(', ');
  return compilation.error(at, `No matching signature for ${what} for argument types: ${types}`);
}

function isZeroSafe(value: Emitted): boolean {
  return value.from?.node === 'literal' && Number(value.from.value) !== 0;
}

/** A division that fails for zero. `divide` gets both sides. */
export function divide(compilation: Compilation, [left, right]: Emitted[], sql: string): string {
  if (isZeroSafe(right)) return `(${sql})`;
  const failure = compilation.fail('division by zero: ', left.sql, "' / '", right.sql);
  return `CASE WHEN ${right.sql} = 0 AND ${left.sql} IS NOT NULL THEN ${failure} ELSE ${sql} END`;
}

/** Both sides as numbers of the type that both can become. */
function numbers(
  compilation: Compilation,
  { at, operator, sides }: { at: number; operator: string; sides: Emitted[] },
): { sqls: string[]; type: SqlType | undefined } {
  const wrong = () => noMatchingSignature(compilation, { at, what: `operator ${operator}`, args: sides });
  if (sides.some(({ type }) => type && !isNumeric(type))) throw wrong();
  const type = commonType(sides[0].type, sides[1].type) as SqlType | undefined;
  return { sqls: sides.map(side => (coerce(compilation, side, type) ?? side).sql), type };
}

function emitDivision(compilation: Compilation, at: number, sides: Emitted[]): Emitted {
  const { type } = numbers(compilation, { at, operator: '/', sides });
  const result = type && type.name !== 'INT64' ? type : float64;
  if (result.name === 'BIGNUMERIC') throw compilation.refused(at, 'quotients of BIGNUMERIC');
  if (result.name === 'NUMERIC') {
    return { sql: divide(compilation, sides, numericQuotient(sides.map(({ sql }) => sql))), type: result };
  }
  const [left, right] = sides.map(({ sql }) => `CAST(${sql} AS DOUBLE)`);
  return { sql: divide(compilation, sides, finite(compilation, `${left} / ${right}`)), type: result };
}

function emitArithmetic(compilation: Compilation, { at, operator }: Binary, sides: Emitted[]): Emitted {
  const [left, right] = sides;
  const interval = sides.find(({ type }) => type?.name === 'INTERVAL');
  if (interval) {
    const other = interval === right ? left : right;
    if (interval === left && operator === '-')
      throw noMatchingSignature(compilation, { at, what: 'operator -', args: sides });
    return addInterval(compilation, { at, value: other, interval, sign: operator === '-' ? -1 : 1 });
  }
  const isDateMath = left.type?.name === 'DATE' && right.type?.name === 'INT64';
  if (isDateMath && operator !== '*')
    return { sql: `CAST(${left.sql} ${operator} CAST(${right.sql} AS INTEGER) AS DATE)`, type: left.type };
  const temporal = ['DATE', 'DATETIME', 'TIMESTAMP'];
  if (operator === '-' && left.type?.name === right.type?.name && temporal.includes(left.type?.name ?? '')) {
    throw compilation.refused(at, 'values of type INTERVAL: use the DIFF functions');
  }
  if (operator === '/') return emitDivision(compilation, at, sides);
  const { sqls, type } = numbers(compilation, { at, operator, sides });
  const sql = `(${sqls[0]} ${operator} ${sqls[1]})`;
  if (type?.name === 'NUMERIC' || type?.name === 'BIGNUMERIC') {
    return { sql: `CAST(${sql} AS DECIMAL(38,${type.name === 'NUMERIC' ? 9 : 20}))`, type };
  }
  return { sql: isFloat(type) ? finite(compilation, sql) : sql, type };
}

function emitComparison(compilation: Compilation, { at, operator }: Binary, sides: Emitted[]): Emitted {
  const { sqls, type: common } = unify(compilation, sides, {
    at,
    message: types => `No matching signature for operator ${operator} for argument types: ${types}`,
  });
  const type = sides[0].type?.name;
  if (type === 'ARRAY' || type === 'JSON') {
    throw compilation.error(
      at,
      `${type === 'ARRAY' ? 'Equality' : 'Comparison'} is not defined for arguments of type ${typeText(sides[0].type)}`,
    );
  }
  if (holdsFloat(common)) throw compilation.refused(at, 'comparisons of STRUCTs with FLOAT64 in them');
  const duckdb = operator === '!=' ? '<>' : operator;
  const sql = isFloat(common) ? compareFloats(duckdb, sides, sqls) : `(${sqls[0]} ${duckdb} ${sqls[1]})`;
  return { sql, type: bool };
}

function ofType(
  compilation: Compilation,
  { at, operator }: Binary,
  { sides, name }: { sides: Emitted[]; name: string },
): void {
  const fits = sides.every(({ type }) => !type || type.name === name);
  if (!fits) throw noMatchingSignature(compilation, { at, what: `operator ${operator}`, args: sides });
}

function emitConcat(compilation: Compilation, { at }: Binary, sides: Emitted[]): Emitted {
  const common = commonType(sides[0].type, sides[1].type);
  const fits = common !== 'none' && (!common || ['STRING', 'BYTES', 'ARRAY'].includes(common.name));
  if (!fits) throw noMatchingSignature(compilation, { at, what: 'operator ||', args: sides });
  return { sql: `(${sides[0].sql} || ${sides[1].sql})`, type: common };
}

/** DuckDB's shifts fail where BigQuery gives zero. */
function emitShift({ operator }: Binary, [left, right]: Emitted[]): Emitted {
  return { sql: `CASE WHEN ${right.sql} >= 64 THEN 0 ELSE ${left.sql} ${operator} ${right.sql} END`, type: int64 };
}

/** An operator between two values. @throws BigQueryError invalidQuery */
export function emitBinary(compilation: Compilation, scope: Scope, expression: Binary): Emitted {
  const { at, operator } = expression;
  const sides = [expression.left, expression.right].map(side => emitExpression(compilation, scope, side));
  const [left, right] = sides;
  switch (operator) {
    case 'AND':
    case 'OR':
      ofType(compilation, expression, { sides, name: 'BOOL' });
      return { sql: `(${left.sql} ${operator} ${right.sql})`, type: bool };
    case '+':
    case '-':
    case '*':
    case '/':
      return emitArithmetic(compilation, expression, sides);
    case '||':
      return emitConcat(compilation, expression, sides);
    case 'LIKE':
    case 'NOT LIKE':
      ofType(compilation, expression, { sides, name: 'STRING' });
      return { sql: `(${left.sql} ${operator} ${right.sql} ESCAPE '\\')`, type: bool };
    case '|':
    case '&':
    case '^':
      ofType(compilation, expression, { sides, name: 'INT64' });
      return {
        sql: operator === '^' ? `xor(${left.sql}, ${right.sql})` : `(${left.sql} ${operator} ${right.sql})`,
        type: int64,
      };
    case '<<':
    case '>>':
      if (operator === '>>') throw compilation.refused(at, 'the operator >>');
      ofType(compilation, expression, { sides, name: 'INT64' });
      return emitShift(expression, sides);
    default:
      return emitComparison(compilation, expression, sides);
  }
}

/** An operator before a value. @throws BigQueryError invalidQuery */
export function emitUnary(
  compilation: Compilation,
  scope: Scope,
  expression: Extract<Expression, { node: 'unary' }>,
): Emitted {
  const { at, operator } = expression;
  const operand = emitExpression(compilation, scope, expression.operand);
  const { type } = operand;
  const fits = operator === 'NOT' ? type?.name === 'BOOL' : operator === '~' ? type?.name === 'INT64' : isNumeric(type);
  if (type && !fits) throw noMatchingSignature(compilation, { at, what: `operator ${operator}`, args: [operand] });
  if (operator === 'NOT') return { sql: `(NOT ${operand.sql})`, type: bool };
  return { sql: operator === '+' ? operand.sql : `(${operator} ${operand.sql})`, type };
}
