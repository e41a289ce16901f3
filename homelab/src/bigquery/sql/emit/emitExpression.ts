import type { Expression } from '../ast';
import { findParameter, tryConstant } from '../constants';
import { quoteName, quoteText } from '../names';
import { typeOfParameter } from '../parameters';
import { arrayOf, bool, commonType, duckDbType, int64, typeText, type SqlType } from '../types';
import { castTo, coerce } from './cast';
import type { Compilation } from './Compilation';
import { emitCall } from './emitCall';
import { emitExtract } from './dateParts';
import { emitIn } from './emitIn';
import { emitBinary, emitUnary } from './emitOperator';
import { emitPath } from './emitPath';
import { compareFloats, isFloat } from './floats';
import { emitQuery } from './emitQuery';
import type { Emitted, Scope } from './Scope';

type NodeOf<N extends Expression['node']> = Extract<Expression, { node: N }>;
type Emitters = {
  [N in Expression['node']]: (compilation: Compilation, scope: Scope, expression: NodeOf<N>) => Emitted;
};

const largestInt64 = 2n ** 63n - 1n;

function emitLiteral(compilation: Compilation, { at, type, value }: NodeOf<'literal'>): Emitted {
  const text = String(value);
  switch (type.name) {
    case 'INT64':
      if (BigInt(text) > largestInt64 || BigInt(text) < -largestInt64 - 1n) {
        throw compilation.error(at, `Invalid integer literal: ${text}`);
      }
      return { sql: `CAST(${text} AS BIGINT)`, type, isConstant: true };
    case 'BOOL':
      return { sql: value ? 'TRUE' : 'FALSE', type };
    case 'STRING':
      return { sql: quoteText(text), type, isConstant: true, text };
    case 'BYTES':
      return { sql: `from_base64('${text}')`, type };
    case 'FLOAT64':
      if (!Number.isFinite(Number(text))) throw compilation.error(at, `Invalid floating point literal: ${text}`);
      return { sql: `CAST('${text}' AS DOUBLE)`, type };
    default:
      return { sql: castTo(compilation, { sql: quoteText(text), type: { name: 'STRING' } }, type).sql, type };
  }
}

function emitParameter(compilation: Compilation, expression: NodeOf<'parameter'>): Emitted {
  const { name, position } = expression;
  const { parameterMode } = compilation.context;
  if (name ? parameterMode === 'POSITIONAL' : parameterMode === 'NAMED') {
    const message = name
      ? 'Named parameters are not supported with positional parameter mode'
      : 'Positional parameters are not supported with named parameter mode';
    throw compilation.error(expression.at, message);
  }
  const parameter = findParameter(compilation, expression);
  const type = typeOfParameter(parameter.parameterType);
  const value = tryConstant(compilation, expression);
  const text = typeof value === 'string' && type.name === 'STRING' ? value : undefined;
  return { sql: `CAST($${name ? parameter.name : position} AS ${duckDbType(type)})`, type, isConstant: true, text };
}

/** The type that all values can become, and the values as that. @throws BigQueryError for values that do not go together */
export function unify(
  compilation: Compilation,
  values: Emitted[],
  what: { at: number; message(types: string): string },
): { sqls: string[]; type: SqlType | undefined } {
  let type: SqlType | undefined;
  // Constant texts become dates and so on where others are such.
  const leading = values.filter(value => value.type && !(value.isConstant && value.type.name === 'STRING'));
  for (const value of leading.length > 0 ? leading : values) {
    const common = commonType(type, value.type);
    if (common === 'none')
      throw compilation.error(what.at, what.message(values.map(item => typeText(item.type)).join(', ')));
    type = common;
  }
  const sqls = values.map(value => {
    const coerced = coerce(compilation, value, type);
    if (!coerced) throw compilation.error(what.at, what.message(values.map(item => typeText(item.type)).join(', ')));
    return coerced.sql;
  });
  return { sqls, type };
}

function emitArray(compilation: Compilation, scope: Scope, { at, type, items }: NodeOf<'array'>): Emitted {
  const values = items.map(item => emitExpression(compilation, scope, item));
  if (type) {
    const sqls = values.map(value => castTo(compilation, value, type.element as SqlType).sql);
    return { sql: `CAST([${sqls.join(', ')}] AS ${duckDbType(type)})`, type };
  }
  if (values.some(value => value.type?.name === 'ARRAY'))
    throw compilation.error(
      at,
      'Cannot construct array with element type ARRAY because nested arrays are not supported',
    );
  const message = (types: string) => `Array elements of types {${types}} do not have a common supertype`;
  const { sqls, type: element } = unify(compilation, values, { at, message });
  const known = element ?? int64;
  const duckdb = duckDbType(known);
  return { sql: duckdb ? `CAST([${sqls.join(', ')}] AS ${duckdb}[])` : `[${sqls.join(', ')}]`, type: arrayOf(known) };
}

function fieldName(name: string | undefined, value: Expression, index: number): string {
  if (name) return name;
  if (value.node === 'path') return value.names[value.names.length - 1];
  return `_field_${index + 1}`;
}

function emitStruct(compilation: Compilation, scope: Scope, { at, type, fields }: NodeOf<'struct'>): Emitted {
  if (fields.length === 0) throw compilation.refused(at, 'structs without fields');
  const declared = type?.fields;
  if (declared && declared.length !== fields.length) {
    throw compilation.error(
      at,
      `STRUCT type has ${declared.length} fields but constructor call has ${fields.length} fields`,
    );
  }
  const entries = fields.map(({ name, value }, index) => {
    const emitted = emitExpression(compilation, scope, value);
    const given = declared?.[index];
    const as = given?.type ? castTo(compilation, emitted, given.type) : emitted;
    return { name: given ? given.name || `_field_${index + 1}` : fieldName(name, value, index), emitted: as };
  });
  if (new Set(entries.map(({ name }) => name.toLowerCase())).size < entries.length) {
    throw compilation.refused(at, 'structs with several fields of one name');
  }
  const packed = entries.map(({ name, emitted }) => `${quoteName(name)} := ${emitted.sql}`);
  return {
    sql: `struct_pack(${packed.join(', ')})`,
    type: { name: 'STRUCT', fields: entries.map(({ name, emitted }) => ({ name, type: emitted.type })) },
  };
}

function emitCase(
  compilation: Compilation,
  scope: Scope,
  { at, operand, branches, otherwise }: NodeOf<'case'>,
): Emitted {
  const whens = branches.map(({ when }) =>
    emitExpression(
      compilation,
      scope,
      operand ? { node: 'binary', at: when.at, operator: '=', left: operand, right: when } : when,
    ),
  );
  const thens = [...branches.map(({ then }) => then), ...(otherwise ? [otherwise] : [])].map(value =>
    emitExpression(compilation, scope, value),
  );
  const { sqls, type } = unify(compilation, thens, {
    at,
    message: types => `No matching signature for operator CASE for argument types: ${types}`,
  });
  const parts = whens.map((when, index) => `WHEN ${when.sql} THEN ${sqls[index]}`);
  return { sql: `CASE ${parts.join(' ')}${otherwise ? ` ELSE ${sqls[sqls.length - 1]}` : ''} END`, type };
}

function emitSubscript(compilation: Compilation, scope: Scope, expression: NodeOf<'subscript'>): Emitted {
  const { at, mode, isSafe } = expression;
  const of = emitExpression(compilation, scope, expression.of);
  const index = emitExpression(compilation, scope, expression.index);
  if (of.type?.name === 'JSON' || of.type?.name === 'STRUCT')
    throw compilation.refused(at, `[] on values of type ${of.type.name}`);
  if (of.type && of.type.name !== 'ARRAY') {
    throw compilation.error(
      at,
      `Element access using [${mode}()] is not supported on values of type ${typeText(of.type)}`,
    );
  }
  if (index.type && index.type.name !== 'INT64')
    throw compilation.error(
      at,
      `Array position in [] must be coercible to INT64 type, but has type ${typeText(index.type)}`,
    );
  const from = mode === 'OFFSET' ? 0 : 1;
  const position = `(${index.sql})`;
  const inside = `${position} >= ${from} AND ${position} < len(${of.sql}) + ${from}`;
  const failure = isSafe
    ? 'NULL'
    : `CASE WHEN ${of.sql} IS NULL OR ${position} IS NULL THEN NULL ELSE ${compilation.fail('Array index ', position, "' is out of bounds'")} END`;
  return {
    sql: `CASE WHEN ${inside} THEN (${of.sql})[${position} + ${1 - from}] ELSE ${failure} END`,
    type: of.type?.element,
  };
}

function emitSubquery(compilation: Compilation, scope: Scope, { at, kind, query }: NodeOf<'subquery'>): Emitted {
  const { sql, columns } = emitQuery(compilation, scope, query);
  if (kind === 'exists') return { sql: `EXISTS (${sql})`, type: bool };
  const [column] = columns;
  if (columns.length !== 1) {
    throw compilation.error(
      at,
      kind === 'array'
        ? 'ARRAY subquery cannot have more than one column unless using SELECT AS STRUCT to build STRUCT values'
        : 'Scalar subquery cannot have more than one column unless using SELECT AS STRUCT to build STRUCT values',
    );
  }
  const type = 'name' in column ? column.type : undefined;
  if (kind === 'scalar') return { sql: `(${sql})`, type };
  if (type?.name === 'ARRAY')
    throw compilation.error(
      at,
      'Cannot use array subquery with column of type ARRAY because nested arrays are not supported',
    );
  return { sql: `ARRAY(${sql})`, type: arrayOf(type) };
}

/** The field of a value. @throws BigQueryError when it has none of this name */
export function emitField(compilation: Compilation, of: Emitted, { name, at }: { name: string; at: number }): Emitted {
  if (of.type?.name === 'JSON') throw compilation.refused(at, 'fields of JSON values: use JSON_VALUE or JSON_QUERY');
  if (of.type && of.type.name !== 'STRUCT')
    throw compilation.error(at, `Cannot access field ${name} on a value with type ${typeText(of.type)}`);
  const field = of.type?.fields?.find(item => item.name.toLowerCase() === name.toLowerCase());
  if (of.type && !field) throw compilation.error(at, `Field name ${name} does not exist in ${typeText(of.type)}`);
  return { sql: `(${of.sql}).${quoteName(field?.name ?? name)}`, type: field?.type };
}

const emitters: Emitters = {
  literal: (compilation, _, expression) => emitLiteral(compilation, expression),
  null: () => ({ sql: 'NULL', type: undefined, isConstant: true }),
  parameter: (compilation, _, expression) => emitParameter(compilation, expression),
  path: emitPath,
  star: (compilation, _, { at }) => {
    throw compilation.error(at, 'Syntax error: Unexpected "*"');
  },
  field: (compilation, scope, { of, name, at }) => {
    const value = emitExpression(compilation, scope, of);
    return name ? emitField(compilation, value, { name, at }) : value;
  },
  subscript: emitSubscript,
  unary: emitUnary,
  binary: emitBinary,
  is: (compilation, scope, { operand, what, isNot }) => ({
    sql: `(${emitExpression(compilation, scope, operand).sql} IS ${isNot ? 'NOT ' : ''}${what})`,
    type: bool,
  }),
  between: (compilation, scope, { at, operand, low, high, isNot }) => {
    const values = [operand, low, high].map(value => emitExpression(compilation, scope, value));
    const message = (types: string) => `No matching signature for operator BETWEEN for argument types: ${types}`;
    const { sqls, type } = unify(compilation, values, { at, message });
    if (isFloat(type)) {
      const sides = [1, 2].map(side => [values[0], values[side]]);
      const bounds = sides.map((pair, side) =>
        compareFloats(side === 0 ? '>=' : '<=', pair, [sqls[0], sqls[side + 1]]),
      );
      return { sql: `(${isNot ? 'NOT ' : ''}(${bounds.join(' AND ')}))`, type: bool };
    }
    return { sql: `(${sqls[0]} ${isNot ? 'NOT ' : ''}BETWEEN ${sqls[1]} AND ${sqls[2]})`, type: bool };
  },
  in: emitIn,
  case: emitCase,
  cast: (compilation, scope, { operand, type, isSafe }) =>
    castTo(compilation, emitExpression(compilation, scope, operand), { type, isSafe }),
  extract: emitExtract,
  interval: (compilation, scope, { value, part }) => ({
    ...emitExpression(compilation, scope, value),
    type: { name: 'INTERVAL' },
    part,
  }),
  part: (_, __, { part }) => ({ sql: '', type: { name: 'PART' }, part }),
  array: emitArray,
  struct: emitStruct,
  subquery: emitSubquery,
  call: emitCall,
};

/** An expression in DuckDB's SQL, with its type. @throws BigQueryError invalidQuery */
export function emitExpression(compilation: Compilation, scope: Scope, expression: Expression): Emitted {
  const emit = emitters[expression.node] as (compilation: Compilation, scope: Scope, expression: Expression) => Emitted;
  return { ...emit(compilation, scope, expression), from: expression };
}
