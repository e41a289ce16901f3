import type { Expression } from '../ast';
import { bool } from '../types';
import type { Compilation } from './Compilation';
import { emitExpression, unify } from './emitExpression';
import { noMatchingSignature } from './emitOperator';
import { emitQuery } from './emitQuery';
import { compareFloats, holdsFloat, isFloat, refuseNaN } from './floats';
import type { Emitted, Scope } from './Scope';

/** `IN` with a list, a query or an array. @throws BigQueryError invalidQuery */
export function emitIn(
  compilation: Compilation,
  scope: Scope,
  expression: Extract<Expression, { node: 'in' }>,
): Emitted {
  const { at, operand, isNot, list, query, array } = expression;
  const left = emitExpression(compilation, scope, operand);
  const not = isNot ? 'NOT ' : '';
  const message = (types: string) => `No matching signature for operator IN for argument types: ${types}`;
  if (list) {
    const values = list.map(item => emitExpression(compilation, scope, item));
    const { sqls, type } = unify(compilation, [left, ...values], { at, message });
    if (holdsFloat(type)) throw compilation.refused(at, 'IN of STRUCTs with FLOAT64 in them');
    if (isFloat(type) && values.some(value => value.from?.node !== 'literal')) {
      const equal = values.map((value, index) => compareFloats('=', [left, value], [sqls[0], sqls[index + 1]]));
      return { sql: `(${not}(${equal.join(' OR ')}))`, type: bool };
    }
    return { sql: `(${sqls[0]} ${not}IN (${sqls.slice(1).join(', ')}))`, type: bool };
  }
  if (array) {
    const values = emitExpression(compilation, scope, array);
    if (values.type && values.type.name !== 'ARRAY')
      throw noMatchingSignature(compilation, { at, what: 'operator IN UNNEST', args: [left, values] });
    const { sqls, type } = unify(compilation, [left, { sql: 'NULL', type: values.type?.element }], { at, message });
    const wanted = isFloat(type) ? refuseNaN(sqls[0]) : sqls[0];
    return {
      sql: `(${not}coalesce(${wanted} = ANY(${values.sql}), CASE WHEN len(${values.sql}) > 0 THEN NULL ELSE FALSE END))`,
      type: bool,
    };
  }
  const result = emitQuery(compilation, scope, query as NonNullable<typeof query>);
  if (result.columns.length !== 1) throw compilation.error(at, 'Subquery of type IN must have only one output column');
  const [column] = result.columns;
  unify(compilation, [left, { sql: 'NULL', type: 'name' in column ? column.type : undefined }], { at, message });
  return { sql: `(${isFloat(left.type) ? refuseNaN(left.sql) : left.sql} ${not}IN (${result.sql}))`, type: bool };
}
