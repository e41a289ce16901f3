import type { FrameBound, FunctionCall, OrderItem, WindowSpecification } from '../ast';
import { aggregates, type AggregateRule } from '../functions/aggregates';
import { dateFunctions } from '../functions/dates';
import { numberFunctions } from '../functions/numbers';
import { otherFunctions } from '../functions/others';
import { applyTemplate, matchSignature, overloadsOf, type Match, type RuleTable } from '../functions/rule';
import { stringFunctions } from '../functions/strings';
import { quoteName } from '../names';
import { int64 } from '../types';
import type { Compilation } from './Compilation';
import { emitExpression } from './emitExpression';
import { noMatchingSignature } from './emitOperator';
import { isFloat, refuseNaN } from './floats';
import { emitOrderItem } from './emitOrder';
import type { Emitted, Scope } from './Scope';

/** Every function that is modelled, by its name; all others are not found. */
const functions: RuleTable = { ...stringFunctions, ...numberFunctions, ...dateFunctions, ...otherFunctions };

/** Calls with `SAFE.` that cannot be tried: DuckDB refuses to try what is not the same every time. */
const volatile = ['RAND', 'GENERATE_UUID'];

function emitBound(compilation: Compilation, scope: Scope, { kind, offset }: FrameBound): string {
  return offset ? `${emitExpression(compilation, scope, offset).sql} ${kind}` : kind;
}

/** A window in its brackets. @throws BigQueryError invalidQuery */
export function emitWindow(compilation: Compilation, scope: Scope, window: WindowSpecification): string {
  const { base, partitionBy, orderBy, frame } = window;
  const parts: string[] = base ? [quoteName(base)] : [];
  if (partitionBy.length > 0)
    parts.push(`PARTITION BY ${partitionBy.map(item => emitExpression(compilation, scope, item).sql).join(', ')}`);
  const isByDistance = frame?.unit === 'RANGE' && Boolean(frame.start.offset ?? frame.end?.offset);
  if (orderBy.length > 0)
    parts.push(
      `ORDER BY ${orderBy.map(item => emitOrderItem(compilation, scope, { ...item, isSingle: isByDistance })).join(', ')}`,
    );
  if (frame) {
    const start = emitBound(compilation, scope, frame.start);
    parts.push(
      frame.end
        ? `${frame.unit} BETWEEN ${start} AND ${emitBound(compilation, scope, frame.end)}`
        : `${frame.unit} ${start}`,
    );
  }
  return `(${parts.join(' ')})`;
}

function findMatch(
  compilation: Compilation,
  call: FunctionCall,
  { signatures, args }: { signatures: readonly string[]; args: Emitted[] },
): { match: Match; index: number } {
  for (const isExact of [true, false]) {
    for (const [index, signature] of signatures.entries()) {
      const match = matchSignature(compilation, signature, { given: args, isExact });
      if (match) return { match, index };
    }
  }
  const name = call.name.includes('.') ? call.name : `function ${call.name}`;
  throw noMatchingSignature(compilation, { at: call.at, what: name, args });
}

const plainTypes = ['STRING', 'INT64', 'FLOAT64', 'BOOL', 'BYTES'];

/** A column, or a constant that needs no conversion. */
function cannotFail({ sql, type, from }: Emitted): boolean {
  if (from?.node === 'path') return /^("([^"]|"")*"|\w+)(\.("([^"]|"")*"|\w+))*$/.test(sql);
  if (from?.node === 'literal') return plainTypes.includes(type?.name ?? '');
  return from !== undefined && ['null', 'parameter', 'part'].includes(from.node);
}

/** With `SAFE.` the function may fail; its arguments are found before, and fail as ever. */
function emitSafe(
  compilation: Compilation,
  call: FunctionCall,
  { args, write }: { args: Emitted[]; write(given: Emitted[]): string },
): string {
  const held = compilation.uniqueName('safe');
  const fields: string[] = [];
  const given = args.map((arg, index) => {
    if (cannotFail(arg)) return arg;
    if (arg.type?.name === 'INTERVAL') {
      if (arg.from?.node === 'interval' && cannotFail({ ...arg, type: int64, from: arg.from.value })) return arg;
      throw compilation.refused(call.at, `a computed INTERVAL in SAFE.${call.name}`);
    }
    fields.push(`a${index} := ${arg.sql}`);
    return { ...arg, sql: `${held}.a${index}` };
  });
  const tried = `TRY(${compilation.safely(() => write(given))})`;
  if (fields.length === 0) return tried;
  return `list_transform([struct_pack(${fields.join(', ')})], lambda ${held}: ${tried})[1]`;
}

function emitScalar(compilation: Compilation, call: FunctionCall, args: Emitted[]): Emitted {
  const { name, at } = call;
  if (call.over) throw compilation.error(at, `Function ${name} does not support an OVER clause`);
  if (call.isDistinct || call.orderBy || call.limit || call.nulls)
    throw compilation.error(at, `DISTINCT, ORDER BY, LIMIT and NULLS are not allowed in calls of ${name}`);
  const overloads = overloadsOf(functions[name]);
  const { match, index } = findMatch(compilation, call, {
    signatures: overloads.map(([signature]) => signature),
    args,
  });
  const write = (given: Emitted[]) => applyTemplate(overloads[index][1], { compilation, at, ...match, args: given });
  return {
    sql: call.isSafe ? emitSafe(compilation, call, { args: match.args, write }) : write(match.args),
    type: match.type,
  };
}

/** What is in the brackets: for lists BigQuery keeps NULL unless told, and texts leave it out. */
function emitModifiers(
  compilation: Compilation,
  scope: Scope,
  { call, rule }: { call: FunctionCall; rule: AggregateRule },
): { orderBy: string; nulls: string } {
  const { at, name, orderBy, limit, nulls } = call;
  if ((orderBy || limit) && !rule.isList)
    throw compilation.error(at, `ORDER BY and LIMIT in arguments are not supported for function ${name}`);
  if (nulls && !rule.isList && !rule.hasNulls)
    throw compilation.error(at, `IGNORE NULLS and RESPECT NULLS are not allowed for function ${name}`);
  const items = (orderBy ?? []).map((item: OrderItem) =>
    emitOrderItem(compilation, scope, { ...item, isSingle: call.isDistinct }),
  );
  return {
    orderBy: items.length > 0 ? ` ORDER BY ${items.join(', ')}` : '',
    nulls: nulls && rule.hasNulls ? ` ${nulls} NULLS` : '',
  };
}

function emitLimit(compilation: Compilation, scope: Scope, { call, sql }: { call: FunctionCall; sql: string }): string {
  if (!call.limit) return sql;
  if (call.name !== 'ARRAY_AGG') throw compilation.refused(call.at, `LIMIT in ${call.name}`);
  const limit = emitExpression(compilation, scope, call.limit).sql;
  return `list_slice(${sql}, 1, ${limit})`;
}

function emitAggregate(compilation: Compilation, scope: Scope, call: FunctionCall): Emitted {
  const { name, at, over } = call;
  const rule = aggregates[name];
  if (rule.isWindow && !over)
    throw compilation.error(at, `Analytic function ${name} cannot be called without an OVER clause`);
  const isStar = call.args.length === 1 && call.args[0].node === 'star';
  if (isStar && name !== 'COUNT') throw compilation.error(at, `Argument * can only be used in COUNT(*)`);
  const args = isStar ? [] : call.args.map(arg => emitExpression(compilation, scope, arg));
  if (name === 'COUNT' && !isStar && args.length === 0)
    throw noMatchingSignature(compilation, { at, what: 'function COUNT', args });
  const { match } = findMatch(compilation, call, { signatures: rule.signatures, args });
  const [value] = match.args;
  if (name === 'APPROX_QUANTILES' && call.args[1].node !== 'literal')
    throw compilation.refused(at, 'APPROX_QUANTILES with a number that is no literal');
  const { orderBy, nulls } = emitModifiers(compilation, scope, { call, rule });
  // An ordered list without duplicates can only be ordered by its argument as it is.
  const isOrdered = rule.isOrdered || (call.isDistinct && orderBy !== '');
  const sqls = match.args.map(({ sql, type }, index) =>
    index === 0 && isOrdered && isFloat(type) ? refuseNaN(sql) : sql,
  );
  const inner = isStar ? '*' : (rule.args?.(sqls) ?? sqls).join(', ');
  const filter =
    name === 'ARRAY_CONCAT_AGG' || (call.nulls === 'IGNORE' && rule.isList)
      ? ` FILTER (WHERE ${value.sql} IS NOT NULL)`
      : '';
  const window =
    over === undefined
      ? ''
      : ` OVER ${typeof over === 'string' ? quoteName(over) : emitWindow(compilation, scope, over)}`;
  const plain = `${rule.name}(${call.isDistinct ? 'DISTINCT ' : ''}${inner}${orderBy}${nulls})${filter}${window}`;
  const sql = emitLimit(compilation, scope, {
    call,
    sql: rule.wrap ? rule.wrap(plain, { compilation, at, type: match.type }) : plain,
  });
  return { sql, type: match.type };
}

/** The call of a function. @throws BigQueryError for one that there is not, that is not modelled, or whose arguments do not fit */
export function emitCall(compilation: Compilation, scope: Scope, call: FunctionCall): Emitted {
  const { name, at, isSafe } = call;
  if (Object.hasOwn(aggregates, name)) {
    if (isSafe) throw compilation.error(at, `Function ${name} does not support SAFE error mode`);
    return emitAggregate(compilation, scope, call);
  }
  if (!Object.hasOwn(functions, name)) throw compilation.error(at, `Function not found: ${name}`);
  if (isSafe && volatile.includes(name))
    throw compilation.error(at, `Function ${name} does not support SAFE error mode`);
  return emitScalar(
    compilation,
    call,
    call.args.map(arg => emitExpression(compilation, scope, arg)),
  );
}
