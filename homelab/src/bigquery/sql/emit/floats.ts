// FLOAT64 and NUMERIC where DuckDB is another opinion: overflow, NaN, quotients.
// https://cloud.google.com/bigquery/docs/reference/standard-sql/data-types#floating_point_types
import type { OrderItem } from '../ast';
import type { SqlType } from '../types';
import type { Compilation } from './Compilation';
import type { Emitted } from './Scope';

export function isFloat(type: SqlType | undefined): boolean {
  return type?.name === 'FLOAT64';
}

/** Whether a STRUCT has FLOAT64 somewhere in it, of which DuckDB compares NaN in its own way. */
export function holdsFloat(type: SqlType | undefined): boolean {
  return type?.name === 'STRUCT' && (type.fields ?? []).some(field => isFloat(field.type) || holdsFloat(field.type));
}

/** Reads a value as `_v`: written out twice, it would double the text with each operator around it. */
export function once(sql: string, use: string): string {
  return `list_transform([${sql}], lambda _v: ${use})[1]`;
}

/** Fails where a number becomes infinite. With an infinite operand BigQuery goes on, which is not modelled. */
export function finite(compilation: Compilation, sql: string): string {
  const failure = compilation.fail('double overflow (the homelab does not model arithmetic with infinite operands)');
  return once(sql, `CASE WHEN isinf(_v) THEN ${failure} ELSE _v END`);
}

/** For what DuckDB decides by its own order, in which NaN is the largest number and its own equal. */
export function refuseNaN(sql: string): string {
  return once(sql, `CASE WHEN isnan(_v) THEN error('The homelab does not model NaN here') ELSE _v END`);
}

function canBeNaN({ from }: Emitted): boolean {
  return from?.node !== 'literal';
}

/** A comparison, of which NaN fulfils none but `<>`. `sqls` are the sides as FLOAT64. */
export function compareFloats(operator: string, sides: Emitted[], sqls: string[]): string {
  const [left, right] = sqls;
  const plain = `(${left} ${operator} ${right})`;
  if (operator === '=' || operator === '<>') {
    if (!sides.every(canBeNaN)) return plain;
    const isNaN = `isnan(${left} + ${right})`; // infinite ones of both signs are not equal either
    return operator === '=' ? `(${plain} AND NOT ${isNaN})` : `(${plain} OR ${isNaN})`;
  }
  const [larger, other] = operator.startsWith('>') ? [0, 1] : [1, 0];
  return canBeNaN(sides[larger]) ? `(${plain} AND NOT (isnan(${sqls[larger]}) AND ${sqls[other]} IS NOT NULL))` : plain;
}

/** NULL is smaller than everything, other than in DuckDB. */
function direction({ isDescending, nulls }: OrderItem): string {
  return `${isDescending ? 'DESC' : 'ASC'} NULLS ${nulls ?? (isDescending ? 'LAST' : 'FIRST')}`;
}

/** A key of ORDER BY; of FLOAT64 two, as NaN is smaller than every number. `tested` is the key where it has another name. */
export function orderKey({ sql, type }: Emitted, item: OrderItem, tested: string = sql): string {
  const key = `${sql} ${direction(item)}`;
  if (!isFloat(type) || tested.includes('random()')) return key;
  const nulls = direction(item).slice(direction(item).indexOf('NULLS'));
  return `isnan(${tested}) ${item.isDescending ? 'ASC' : 'DESC'} ${nulls}, ${key}`;
}

/** Both sides in whole 10⁻⁹, as `_q.n` and `_q.d`; where 38 digits are not enough for that, DuckDB fails. */
function inUnits([left, right]: string[], use: string): string {
  const units = [left, right].map(sql => `CAST(CAST(${sql} AS DECIMAL(38,9)) * 1000000000 AS HUGEINT)`);
  const whole = `list_transform([struct_pack(n := ${units[0]}, d := ${units[1]})], lambda _q: ${use})[1]`;
  return `CAST(${whole} AS DECIMAL(38,9))`;
}

/** A quotient of NUMERIC, rounded half away from zero at its last place. */
export function numericQuotient(sqls: string[]): string {
  const quotient = '(_q.n * 2000000000 + CAST(sign(_q.n) AS HUGEINT) * abs(_q.d)) // (2 * _q.d)';
  return inUnits(sqls, `CAST(${quotient} AS DECIMAL(38,0)) * CAST('0.000000001' AS DECIMAL(10,9))`);
}

/** The whole part of a quotient of NUMERIC. */
export function wholeQuotient(sqls: string[]): string {
  return inUnits(sqls, '_q.n // _q.d');
}
